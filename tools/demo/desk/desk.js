/** The page of the demonstration desk: shows the state twice a second and sends what is clicked. */

const byId = (id) => document.getElementById(id);

async function send(path, body) {
  await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  await refresh();
}

function showCards({ cards, laid }) {
  const box = byId('cards');
  if (box.childElementCount !== cards.length) {
    box.replaceChildren(
      ...cards.map(({ key, label }) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = label;
        button.dataset.card = key;
        button.addEventListener('click', () => send('lay', { card: key }));
        return button;
      }),
    );
  }
  for (const button of box.children) button.setAttribute('aria-pressed', String(button.dataset.card === laid));
}

/** What came out of a printer, the newest first. */
function showPrinted(folder, names, word) {
  const box = byId(folder);
  for (const name of names) {
    if (box.querySelector(`[data-name="${name}"]`)) continue;
    const image = document.createElement('img');
    image.src = `${folder}/${name}`;
    image.alt = `${word} ${name}`;
    image.dataset.name = name;
    box.prepend(image);
  }
}

function showSlips({ slips }) {
  byId('no-slip').hidden = slips.length > 0;
  showPrinted('slips', slips, '小票');
}

function showWindow({ window: state }) {
  byId('window').hidden = state === null;
  byId('sheets-section').hidden = state === null;
  if (state === null) return;
  byId('shown').textContent = state.shown || '（空）';
  byId('said').textContent = state.said.join('；') || '（安静）';
  byId('no-sheet').hidden = state.sheets.length > 0;
  showPrinted('sheets', state.sheets, '证书');
}

const STATES = { waiting: '等候', called: '正走向窗口', 'at-window': '在窗口', gone: '已离开' };

function showHall({ hall }) {
  byId('hall').hidden = hall === null;
  if (hall === null) return;
  byId('kiosk').href = hall.kioskUrl;
  byId('screen').href = hall.screenUrl;
  byId('visitors').replaceChildren(
    ...hall.visitors.map(({ number, state, window }) => {
      const row = document.createElement('li');
      row.textContent = `${number} ${STATES[state]}${window === null ? '' : ` · ${window} 号窗口`}`;
      row.dataset.state = state;
      return row;
    }),
  );
  showPrinted('tickets', hall.tickets, '号票');
}

function showBills({ bills }) {
  byId('no-bill').hidden = bills.length > 0;
  const box = byId('bills');
  if (box.dataset.shown === JSON.stringify(bills)) return;
  box.dataset.shown = JSON.stringify(bills);
  box.replaceChildren(
    ...bills.map(({ payCode, subject, amountFen }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = `支付 ${(amountFen / 100).toFixed(2)} 元 · ${subject}`;
      button.addEventListener('click', () => send('pay', { payCode }));
      return button;
    }),
  );
}

async function refresh() {
  const state = await (await fetch('state')).json();
  showCards(state);
  showSlips(state);
  showWindow(state);
  showBills(state);
  showHall(state);
  const centre = byId('centre');
  centre.textContent = state.centre ? '中心在线，点此断开' : '中心已断开，点此恢复';
  centre.setAttribute('aria-pressed', String(state.centre));
  byId('cases').textContent = state.centre ? `地址 ${state.centreUrl}` : '断开期间窗口业务照常，恢复后自动送达。';
  const office = byId('office');
  office.hidden = state.officeUrl === null || !state.centre;
  if (state.officeUrl !== null && office.childElementCount === 0) {
    const link = document.createElement('a');
    link.href = state.officeUrl;
    link.textContent = state.officeUrl;
    link.target = '_blank';
    office.append(link);
  }
  for (const button of document.querySelectorAll('[data-fault]')) {
    button.setAttribute('aria-pressed', String(button.dataset.fault === (state.printerFault ?? '')));
  }
}

byId('come-in').addEventListener('click', async (event) => {
  const button = event.currentTarget;
  button.disabled = true;
  const answer = await fetch('come-in', { method: 'POST' });
  const refused = byId('refused');
  refused.hidden = answer.ok;
  refused.textContent = answer.ok ? '' : `没有取到号：${(await answer.json()).message}`;
  button.disabled = false;
  await refresh();
});

byId('lift').addEventListener('click', () => send('lift', {}));
byId('centre').addEventListener('click', (event) =>
  send('centre', { up: event.currentTarget.getAttribute('aria-pressed') !== 'true' }),
);
for (const button of document.querySelectorAll('[data-fault]')) {
  button.addEventListener('click', () => send('printer', { fault: button.dataset.fault || null }));
}

for (const button of document.querySelectorAll('[data-key]')) {
  button.addEventListener('click', () => send('press', { key: Number(button.dataset.key) }));
}
for (const button of document.querySelectorAll('[data-rate]')) {
  button.addEventListener('click', () => send('rate', { level: Number(button.dataset.rate) }));
}

await refresh();
setInterval(refresh, 500);
