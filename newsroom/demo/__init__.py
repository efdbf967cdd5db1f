"""The demo paper: a fictional Korean newspaper with its people, stories and pictures."""

PASSWORD = "newsroom"
ROLES = ("reporter", "desk", "moderator", "manager", "reader")


def logins() -> list[str]:
    """One line per log-in, for the terminal."""
    return [f"{role}@example.com, password {PASSWORD}" for role in ROLES]
