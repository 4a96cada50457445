'use strict';
// Rumbo's chat page: shows the thread the server keeps, and keeps what she wrote
// until the server has it.

const NEUTRAL_PAGE = 'https://www.google.com.mx/search?q=clima';
const STORE = 'rumbo.outbox';
const FAST = 500, SLOW = 3000, FAST_FOR = 5000, TIMEOUT = 20000, GAP = 30 * 60000;
const STATES = {
  sending: 'Enviando…',
  waiting: 'Por enviar…',
  failed: 'No se envió. Toca para reintentar',
  long: 'Es muy largo. Toca para acortarlo',
};

// Who came by /chat?g=CODE says so with her first message (bot/people/groups.py reads it).
const GROUP = (new URLSearchParams(location.search).get('g') || '').replace(/[^\w-]/g, '').slice(0, 24).toUpperCase();
const HELLO = GROUP ? 'Hola, mi grupo es ' + GROUP : 'hola';

const $ = (id) => document.getElementById(id);
const scroller = $('scroll'), thread = $('thread'), box = $('box');
const desktop = matchMedia('(hover: hover) and (pointer: fine)');

let messages = [];        // from the server, ids ascending
let outbox = restore();   // mine, until the server's list shows them
let lastId = 0, loaded = false, working = false;
let polling = false, pollTimer = 0, pollErrors = 0, fastUntil = 0;
let posting = false, sendTimer = 0;
let trouble = '';         // '', 'net' or 'server'
let pinned = true;        // the end of the thread is in view
const nodes = new Map();  // item key -> its element

// ---- Small helpers

const backoff = (tries) => Math.min(15000, 500 * Math.pow(2, tries));
const plain = (text) => text.trim().replace(/\s+/g, ' ');

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const digit = (d) => (d ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> d / 4).toString(16);
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, digit);
}

function element(tag, className, text) {
  const el = document.createElement(tag);
  el.className = className;
  el.textContent = text;
  return el;
}

function restore() {
  try { return JSON.parse(sessionStorage.getItem(STORE)) || []; } catch (e) { return []; }
}

function remember() {
  const mine = outbox.filter((item) => item.state !== 'sent');
  try { sessionStorage.setItem(STORE, JSON.stringify(mine)); } catch (e) { /* storage is off */ }
}

async function request(url, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  const settings = { credentials: 'same-origin', cache: 'no-store', signal: stop.signal };
  try {
    const answer = await fetch(url, Object.assign(settings, options));
    return { status: answer.status, data: answer.status === 200 && await answer.json() };
  } catch (e) {
    return { status: 0 };   // no network, or a Wi-Fi sign-in page
  } finally {
    clearTimeout(timer);
  }
}

// ---- Receiving

async function poll() {
  clearTimeout(pollTimer);
  if (polling || document.hidden) return;
  polling = true;
  const since = lastId;
  const answer = await request('/chat/messages?after=' + since);
  polling = false;
  if (answer.status !== 200) pollFailed(answer.status);
  else if (since === lastId) received(answer.data);
  schedule();
}

function schedule() {
  clearTimeout(pollTimer);
  if (document.hidden) return;
  const fast = working || Date.now() < fastUntil;
  pollTimer = setTimeout(poll, pollErrors ? backoff(pollErrors) : fast ? FAST : SLOW);
}

function pollFailed(status) {
  pollErrors += 1;
  if (pollErrors > 1 || !navigator.onLine) setTrouble(status ? 'server' : 'net');
}

function received(data) {
  const first = !loaded;
  const changed = first || data.messages.length || data.working !== working;
  pollErrors = 0;
  working = data.working;
  if (first) opened(data.messages);
  data.messages.forEach(take);
  if (changed) render(first ? messages[messages.length - 1] : data.messages.find((m) => m.key && m.from === 'rumbo'));
  thread.setAttribute('aria-live', 'polite');
  if (first || trouble) flush();
  setTrouble('');
}

function opened(list) {
  loaded = true;
  $('opening').hidden = true;
  if (GROUP && !box.value && !list.some((m) => m.from === 'me' && plain(m.text) === HELLO)) {
    box.value = HELLO;
    grow();
  }
  const newest = list.length ? list[list.length - 1].id : 0;
  outbox.filter((item) => item.base === null).forEach((item) => { item.base = newest; });
}

function take(message) {
  if (message.id <= lastId) return;
  lastId = message.id;
  message.key = 'm' + message.id;
  messages.push(message);
  if (message.from === 'me') settleEcho(message);
}

// The server now lists my message: its bubble stays, the outbox entry goes.
function settleEcho(message) {
  const mine = outbox.filter((item) => item.base !== null && item.base < message.id);
  const item = mine.find((i) => plain(i.text) === plain(message.text)) || mine.find((i) => i.state === 'sent');
  if (!item) return;
  outbox.splice(outbox.indexOf(item), 1);
  if (nodes.has(item.key)) nodes.set(message.key, nodes.get(item.key));
  nodes.delete(item.key);
  remember();
}

// ---- Sending

function say(text, choice) {
  const id = uuid(), base = loaded ? lastId : null;   // its echo will come after base
  outbox.push({ id, key: id, from: 'me', text, choice, at: new Date().toISOString(), state: 'sending', tries: 0, base });
  remember();
  pinned = true;
  render();
  flush();
}

async function flush() {
  clearTimeout(sendTimer);
  const item = outbox.find((i) => i.state === 'sending' || i.state === 'waiting');
  if (!item || posting || !loaded) return;
  posting = true;
  const answer = await request('/chat/messages', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id: item.id, text: item.text, choice: item.choice }),
  });
  posting = false;
  answered(item, answer.status);
  remember();
  render();
  if (item.state === 'waiting') sendTimer = setTimeout(flush, backoff(item.tries));
  else flush();
}

function answered(item, status) {
  item.tries += 1;
  if (status === 200 || status === 202) accepted(item);
  else if (status === 403 && item.tries < 3) startOver(item);
  else if (status === 413) item.state = 'long';
  else if (!status || status === 429 || status >= 500 && item.tries < 4) item.state = 'waiting';
  else item.state = 'failed';
  if (!status) setTrouble('net');
}

function accepted(item) {
  item.state = 'sent';
  item.place = lastId + 0.5;
  fastUntil = Date.now() + FAST_FOR;
  setTrouble('');
  poll();
}

// The cookie is gone: open the new thread the server gives, then send again.
function startOver(item) {
  messages = [];
  lastId = 0;
  loaded = false;
  outbox = outbox.filter((i) => i.state !== 'sent');
  outbox.forEach((i) => { i.base = 0; });
  item.choice = undefined;
  item.state = 'sending';
  setTimeout(poll, FAST);
}

function retry(item) {
  if (item.state === 'long') {
    outbox.splice(outbox.indexOf(item), 1);
    box.value = item.text;
    grow();
    box.focus();
  } else {
    item.state = 'sending';
    item.tries = 0;
  }
  remember();
  render();
  flush();
}

// ---- Showing

const hasFailed = (item) => item.state === 'failed' || item.state === 'long';
const placeOf = (item) => item.state ? item.place || 1e15 : item.id;
const timeline = () => messages.concat(outbox).sort((a, b) => placeOf(a) - placeOf(b));

// news: the first message she has not seen, if any.
function render(news) {
  const items = timeline();
  arrange(withGaps(items));
  showChoices(items);
  $('empty').hidden = !loaded || items.length > 0 || working;
  $('typing').hidden = !working || trouble !== '';
  if (pinned && items.length) follow(news);
  else if (news) $('pill').hidden = false;
}

// To the end, but a long answer is read from its top.
function follow(news) {
  toEnd();
  if (news) scroller.scrollTop = Math.min(scroller.scrollTop, nodes.get(news.key).offsetTop - 12);
}

function withGaps(items) {
  const list = [];
  items.forEach((item, i) => {
    const before = items[i - 1], after = items[i + 1];
    const gap = isGap(before, item);
    const closes = !after || after.from !== item.from || isGap(item, after);
    if (gap) list.push(gapFor(item));
    list.push(rowFor(item, gap || before.from !== item.from, closes));
  });
  return list;
}

// Moves only the elements that changed place.
function arrange(list) {
  let at = thread.firstChild;
  list.forEach((el) => {
    if (el === at) at = at.nextSibling;
    else thread.insertBefore(el, at);
  });
  while (thread.children.length > list.length) thread.lastChild.remove();
}

function rowFor(item, opens, closes) {
  let row = nodes.get(item.key);
  if (!row) nodes.set(item.key, row = newRow(item));
  const state = STATES[item.state] || '';
  const look = !state ? '' : hasFailed(item) ? ' failed' : ' pending';
  row.className = 'row ' + item.from + look + (opens ? ' first' : '') + (closes ? ' last' : '') + row.fresh;
  if (row.shown !== state) showState(row, item, state);
  return row;
}

function newRow(item) {
  const row = element('div', '', '');
  const bubble = element('div', 'bubble', '');
  bubble.appendChild(element('span', 'unseen', item.from === 'me' ? 'Tú: ' : 'Rumbo: '));
  linkify(item.text, bubble);
  if (item.media) bubble.appendChild(mediaOf(item.media));
  row.appendChild(bubble);
  row.fresh = loaded && thread.firstChild ? ' fresh' : '';
  row.shown = '';
  return row;
}

// A picture is shown, and every file can be kept. An address is good for a day; opening the page again gives a new one.
function mediaOf(media) {
  const holder = element('div', 'media', '');
  if (media.type.startsWith('image/')) {
    const picture = element('img', '', '');
    picture.alt = 'Imagen de Rumbo';
    picture.onload = () => { if (pinned) toEnd(); };
    picture.src = media.url;
    holder.appendChild(picture);
  }
  const link = element('a', 'keep', media.type.startsWith('image/') ? 'Guardar imagen' : 'Guardar archivo');
  link.href = media.url;
  link.download = media.name;
  holder.appendChild(link);
  return holder;
}

function showState(row, item, state) {
  const failed = hasFailed(item);
  row.shown = state;
  row.onclick = failed ? () => retry(item) : null;
  if (row.children[1]) row.children[1].remove();
  if (state) row.appendChild(element(failed ? 'button' : 'div', 'state', state));
}

function showChoices(items) {
  const last = items.filter((item) => !hasFailed(item)).pop();
  const list = last && last.from === 'rumbo' && last.choices || [];
  const holder = $('choices');
  const key = list.map((choice) => choice.id).join();
  if (holder.dataset.key === key) return;
  holder.dataset.key = key;
  holder.textContent = '';
  holder.hidden = !list.length;
  holder.classList.toggle('list', list.length > 3);
  list.forEach((choice) => holder.appendChild(choiceButton(choice)));
}

function choiceButton(choice) {
  const button = element('button', 'choice', choice.title);
  button.onclick = () => {
    say(choice.title, choice.id);
    scroller.focus({ preventScroll: true });
  };
  return button;
}

// ---- Day and time

function isGap(before, item) {
  if (!before) return true;
  const last = new Date(before.at), at = new Date(item.at);
  return at - last > GAP || at.toDateString() !== last.toDateString();
}

function gapFor(item) {
  const at = new Date(item.at);
  const label = dayName(at) + ', ' + at.toLocaleTimeString('es-MX', { hour: 'numeric', minute: '2-digit' });
  const key = item.key + label;
  if (!nodes.has(key)) nodes.set(key, element('div', 'gap', label));
  return nodes.get(key);
}

function dayName(day) {
  const daysAgo = (n) => new Date(Date.now() - n * 864e5).toDateString();
  if (day.toDateString() === daysAgo(0)) return 'Hoy';
  if (day.toDateString() === daysAgo(1)) return 'Ayer';
  return day.toLocaleDateString('es-MX', { weekday: 'long', day: 'numeric', month: 'long' });
}

// ---- Links: https and Mexican phones

const LINKS = new RegExp([
  'https://[^\\s<>"]+',
  '(?:\\+?52[ -]?)?(?:\\d{10}|\\(?\\d{3}\\)?[ -]\\d{3}[ -]\\d{2}[ -]?\\d{2}|\\(?\\d{2}\\)?[ -]\\d{4}[ -]\\d{4})\\b',
  '\\b(?:911|079)\\b(?![.,:-]?\\d)',
].join('|'), 'g');

function linkify(text, into) {
  let done = 0;
  text.replace(LINKS, (found, at) => {
    const part = found.replace(/[.,;:!?¿¡)\]}»”'*_]+$/, '');
    const link = linkTo(part, text.charAt(at - 1));
    if (!link) return;
    into.appendChild(document.createTextNode(text.slice(done, at)));
    into.appendChild(link);
    done = at + part.length;
  });
  into.appendChild(document.createTextNode(text.slice(done)));
}

function linkTo(part, before) {
  const link = element('a', '', part);
  if (part.startsWith('https://')) {
    link.href = part;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    return link;
  }
  if (/[\w$.,/@#-]/.test(before)) return null;
  link.href = 'tel:' + part.replace(/[^\d+]/g, '');
  return link;
}

// ---- Banner

function setTrouble(kind) {
  trouble = kind;
  const pending = outbox.some((item) => STATES[item.state] && !hasFailed(item));
  const text = (kind === 'net' ? 'Sin conexión. ' : 'Rumbo no responde. ') + (pending ? 'Tu mensaje se enviará cuando vuelva.' : 'Seguimos intentando.');
  const banner = $('banner');
  if (kind && banner.textContent !== text) banner.textContent = text;
  banner.hidden = !kind;
  $('typing').hidden = !working || kind !== '';
}

function backOnline() {
  pollErrors = 0;
  outbox.forEach((item) => { item.tries = 0; });
  poll();
  flush();
}

// ---- The page

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  $('pill').hidden = true;
}

function scrolled() {
  pinned = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  if (pinned) $('pill').hidden = true;
}

function grow() {
  box.style.height = 'auto';
  box.style.height = box.scrollHeight + 3 + 'px';   // border; CSS stops it at 4 lines
  $('send').classList.toggle('idle', !box.value.trim());
  if (pinned) toEnd();
}

function submit(event) {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  box.value = '';
  grow();
  say(text);
}

function keyed(event) {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && desktop.matches) submit(event);
}

// On some phones the keyboard covers the page.
function fit() {
  const view = window.visualViewport;
  if (view && view.scale < 1.05) document.body.style.setProperty('--height', view.height + 'px');
  if (pinned) toEnd();
}

function leave() {
  document.documentElement.hidden = true;
  document.title = '';
  outbox = [];
  remember();
  location.replace(NEUTRAL_PAGE);
}

$('leave').onclick = leave;
$('hello').onclick = () => {
  if (box.value === HELLO) box.value = '';
  grow();
  say(HELLO);
};
$('pill').onclick = toEnd;
$('form').onsubmit = submit;
$('send').onmousedown = (event) => event.preventDefault();   // the keyboard stays open
box.oninput = grow;
box.onkeydown = keyed;
scroller.addEventListener('scroll', scrolled, { passive: true });
document.addEventListener('visibilitychange', poll);
addEventListener('online', backOnline);
addEventListener('offline', () => setTrouble('net'));
addEventListener('resize', fit);
if (window.visualViewport) visualViewport.addEventListener('resize', fit);

fit();
grow();
render();
poll();
