// The two steps of the rating in the page. Where anything fails, the form is sent as it is, and the
// server's own pages go on with all that was typed.
(() => {
  const form = document.querySelector("form[data-rating]");
  if (!form) return;
  const find = (selector) => form.querySelector(selector);
  const detail = find(".fc-detail");
  const back = find("[data-back]");
  const next = find("[data-next]");
  const send = find("[data-send]");
  const button = find("[type=submit]");
  const ticket = document.createElement("input");
  ticket.type = "hidden";
  ticket.name = "ticket";
  let second = false;
  let asked = null;

  const stars = () => Number(find("[name=stars]:checked")?.value || 0);
  const block = () => find(stars() > 3 ? ".fc-positive" : ".fc-negative");

  const show = () => {
    const chosen = stars();
    find(".fc-stars").hidden = second;
    find(".fc-negative").hidden = second || !(chosen && chosen < 4);
    find(".fc-positive").hidden = second || chosen < 4;
    detail.hidden = back.hidden = send.hidden = !second;
    next.hidden = second;
  };

  const post = async (body) => {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(body),
    });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const askForTicket = () => {
    asked ||= post({ stars: stars(), page: form.elements.page.value })
      .then((answer) => {
        ticket.value = answer.ticket;
        form.append(ticket);
      })
      .catch(() => { asked = null; });
    return asked;
  };

  form.addEventListener("change", (event) => {
    if (event.target.name !== "stars") return;
    show();
    askForTicket();
  });

  back.addEventListener("click", () => {
    second = false;
    show();
    (block().querySelector(":checked") || block().querySelector("input")).focus();
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!second) {
      second = true;
      show();
      find("textarea").focus();
      return;
    }
    button.disabled = true;
    try {
      await askForTicket();
      await post(new FormData(form));
    } catch {
      button.disabled = false;
      form.submit();
      return;
    }
    const thanks = form.parentNode.querySelector("[data-thanks]");
    form.hidden = true;
    thanks.hidden = false;
    thanks.focus();
  });

  addEventListener("pageshow", show);
  show();
})();
