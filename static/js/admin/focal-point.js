/** Choosing the point of a photograph that no crop may lose: by a click on it, or by the number fields. */

const clamp = (number) => Math.min(1, Math.max(0, number))

function dress(box) {
  const picture = box.querySelector("[data-focal-picture]")
  const point = box.querySelector("[data-focal-point]")
  const x = document.getElementById("id_focal_x")
  const y = document.getElementById("id_focal_y")
  if (!x || !y) return

  const show = () => {
    point.style.left = `${clamp(Number(x.value)) * 100}%`
    point.style.top = `${clamp(Number(y.value)) * 100}%`
    point.hidden = x.value === "" || y.value === ""
  }
  picture.addEventListener("click", (event) => {
    const frame = picture.getBoundingClientRect()
    x.value = clamp((event.clientX - frame.left) / frame.width).toFixed(3)
    y.value = clamp((event.clientY - frame.top) / frame.height).toFixed(3)
    for (const field of [x, y]) field.dispatchEvent(new Event("change", { bubbles: true }))
    show()
  })
  for (const field of [x, y]) field.addEventListener("input", show)
  box.classList.add("is-live")
  const hint = document.querySelector("[data-focal-hint]")
  if (hint) hint.hidden = false
  show()
}

for (const box of document.querySelectorAll("[data-focal]")) dress(box)
