/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The other end of the bridge for tests: a conference of one, on the genuine @jitsi/js-utils transport.
 * It does what a script tells it (POST /control) and reports what reached it (GET /reports).
 */

import PostMessageTransportBackend from '/js-utils/transport/PostMessageTransportBackend.js';
import Transport from '/js-utils/transport/Transport.js';

const hash = new URLSearchParams (location.hash.slice (1));
const query = new URLSearchParams (location.search);
const fromHash = key => hash.has (key) ? JSON.parse (hash.get (key)) : undefined;

/* Milliseconds without a beat after which the script is listened to anew. */
const SILENCE = 2000;

const local = {
  id: 'local', name: 'Nobody', joined: false, audioMuted: false, videoMuted: false,
  screen: null, handRaised: 0, tiles: false, chatOpen: false, unread: 0,
  stats: { connectionQuality: 100, jvbRTT: 42, packetLoss: { total: 0, download: 0, upload: 0 } }
};
const people = new Map ();
let stream = null;
let transport = null;

const show = (id, text) => {
  document.getElementById (id).textContent = text;
};

/* Reports are how a test sees into the page. Never the token itself: what it says. */
const report = (kind, data = {}) =>
  fetch ('/report', { method: 'POST', body: JSON.stringify ({ kind, ...data }) });

const send = (name, data = {}) => {
  transport?.sendEvent ({ name, ...data });
};

function readToken () {
  const token = fromHash ('jwt') ?? query.get ('jwt');

  if (!token)
    return null;

  const base64 = token.split ('.')[1].replaceAll ('-', '+').replaceAll ('_', '/');
  const bytes = Uint8Array.from (atob (base64), c => c.charCodeAt (0));

  return JSON.parse (new TextDecoder ().decode (bytes));
}

async function getDevices () {
  const wanted = { audio: true, video: !local.videoMuted };

  try {
    return await navigator.mediaDevices.getUserMedia (wanted);
  } catch (both) {
    report ('devices-refused', { name: both.name, audio: wanted.audio, video: wanted.video });
    if (wanted.video) {
      send ('camera-error', { type: 'gum.permission_denied', message: both.message });
      local.videoMuted = true;
    }
  }

  /* As jitsi-meet does: without both, perhaps with one. */
  try {
    return await navigator.mediaDevices.getUserMedia ({ audio: true });
  } catch (audio) {
    report ('devices-refused', { name: audio.name, audio: true, video: false });
    send ('mic-error', { type: 'gum.permission_denied', message: audio.message });
    local.audioMuted = true;
  }

  return null;
}

async function reportPermissions () {
  const states = {};

  for (const name of ['camera', 'microphone', 'geolocation', 'notifications']) {
    try {
      states[name] = (await navigator.permissions.query ({ name })).state;
    } catch {
      states[name] = 'unknown';
    }
  }
  report ('permissions', { states });
}

async function join () {
  document.getElementById ('join').hidden = true;
  stream = await getDevices ();
  document.getElementById ('picture').srcObject = stream;
  report ('devices', { tracks: (stream?.getTracks () ?? []).map (track => track.kind).sort () });
  await reportPermissions ();

  local.joined = true;
  show ('state', 'In the conference');
  send ('video-conference-joined', {
    roomName: location.pathname.split ('/').pop (),
    id: local.id,
    displayName: local.name
  });
}

function leave () {
  stream?.getTracks ().forEach (track => track.stop ());
  if (local.joined)
    send ('video-conference-left', { roomName: location.pathname.split ('/').pop () });
  local.joined = false;
  show ('state', 'Left');
  send ('video-ready-to-close');
}

async function toggle (kind) {
  const muted = kind === 'audio' ? 'audioMuted' : 'videoMuted';

  if (local[muted] && !stream?.getTracks ().some (track => track.kind === kind)) {
    try {
      const added = await navigator.mediaDevices.getUserMedia ({ [kind]: true });

      stream = new MediaStream ([...(stream?.getTracks () ?? []), ...added.getTracks ()]);
      document.getElementById ('picture').srcObject = stream;
    } catch (error) {
      report ('devices-refused', { name: error.name });
      return;
    }
  }
  local[muted] = !local[muted];
  stream?.getTracks ().filter (track => track.kind === kind)
    .forEach (track => { track.enabled = !local[muted]; });
  send (`${kind}-mute-status-changed`, { muted: local[muted] });
}

async function toggleScreen () {
  if (local.screen) {
    local.screen.getTracks ().forEach (track => track.stop ());
    local.screen = null;
  } else {
    try {
      local.screen = await navigator.mediaDevices.getDisplayMedia ({ video: true });
    } catch (error) {
      report ('screen-refused', { name: error.name });
      return;
    }
  }
  report ('screen', { tracks: (local.screen?.getTracks () ?? []).map (track => track.kind) });
  send ('screen-sharing-status-changed', { on: local.screen !== null, details: {} });
}

function toggleHand () {
  local.handRaised = local.handRaised ? 0 : Date.now ();
  send ('raise-hand-updated', { id: local.id, handRaised: local.handRaised });
}

function toggleTiles () {
  local.tiles = !local.tiles;
  send ('tile-view-changed', { enabled: local.tiles });
}

function showChat ({ open = local.chatOpen, unread = 0 } = {}) {
  Object.assign (local, { chatOpen: open, unread: open ? 0 : unread });
  send ('chat-updated', { isOpen: local.chatOpen, unreadCount: local.unread });
}

const commands = {
  'video-hangup': leave,
  'toggle-audio': () => toggle ('audio'),
  'toggle-video': () => toggle ('video'),
  'toggle-share-screen': toggleScreen,
  'toggle-raise-hand': toggleHand,
  'toggle-tile-view': toggleTiles,
  'toggle-chat': () => showChat ({ open: !local.chatOpen })
};

/* What it answers to requests; a page of another age knows fewer. */
const answers = {
  'get-connection-stats': () => local.stats,
  'setDevice': () => true
};

function addSomebody ({ id = `guest-${people.size + 1}`, displayName = 'Maria Lopez' } = {}) {
  people.set (id, displayName);
  send ('participant-joined', { id, displayName, formattedDisplayName: displayName });
}

function removeSomebody ({ id = [...people.keys ()].pop () } = {}) {
  people.delete (id);
  send ('participant-left', { id });
}

async function tryFrame ({ src }) {
  const frame = document.createElement ('iframe');

  frame.allow = 'camera *; microphone *';
  frame.src = src;
  document.body.append (frame);
}

/* What a script may do: anything that a page could try. */
const script = {
  'join': join,
  'leave': leave,
  'add': addSomebody,
  'remove': removeSomebody,
  'send': ({ name, data }) => send (name, data),
  'chat': showChat,
  'stats': ({ values }) => { local.stats = values; },
  'forget': ({ request }) => { delete answers[request]; },
  'post-raw': ({ text }) => window.opener.postMessage (text),
  'navigate': ({ uri }) => { location.href = uri; },
  'open-window': ({ uri }) => { report ('opened', { refused: window.open (uri) === null }); },
  'frame': tryFrame,
  'focus': () => {
    const field = document.body.appendChild (document.createElement ('input'));

    field.onkeydown = ({ key }) => report ('key', { key });
    field.onfocus = () => report ('focused');
    field.focus ();
  },
  'click': ({ id }) => document.getElementById (id).click (),
  'geolocate': () => navigator.geolocation.getCurrentPosition (
    () => report ('geolocation', { allowed: true }),
    () => report ('geolocation', { allowed: false })),
  'notify': async () => report ('notification', {
    permission: await Notification.requestPermission () }),
  'permissions': reportPermissions,
  /* For a picture: what only tests need goes. */
  'pose': () => {
    document.querySelectorAll ('#state, #buttons').forEach (node => { node.style.visibility = 'hidden'; });
    /* The frame after the next one is on the screen when that has been. */
    requestAnimationFrame (() => requestAnimationFrame (() => setTimeout (report, 100, 'posed')));
  },
  'look': () => report ('look', {
    handlers: Object.keys (window.webkit?.messageHandlers ?? {}),
    opener: typeof window.opener?.postMessage,
    path: location.pathname
  })
};

/* The engine ends what a page is loading when it sets out for another one, even if it never gets
 * there; an event source that ends so goes on to say that it is open. The server's beat tells. */
function listenToScript (opened) {
  const events = new EventSource ('/events');
  let heard = performance.now ();

  events.onopen = opened;
  events.onmessage = async ({ data }) => {
    const { event, ...details } = JSON.parse (data);

    heard = performance.now ();
    await script[event]?.(details);
  };

  const watch = setInterval (() => {
    if (performance.now () - heard < SILENCE)
      return;
    clearInterval (watch);
    events.close ();
    listenToScript ();
  }, SILENCE / 4);
}

function startTransport () {
  if (!hash.has ('jitsi_meet_external_api_id'))
    return;

  const scope = `jitsi_meet_external_api_${fromHash ('jitsi_meet_external_api_id')}`;

  transport = new Transport ({
    backend: new PostMessageTransportBackend ({ postisOptions: { scope } })
  });
  transport.on ('event', ({ name, data }) => {
    report ('command', { name, data });
    commands[name]?.(...(data ?? []));

    return true;
  });
  transport.on ('request', (request, answer) => {
    report ('request', request);
    answers[request.name] && answer (answers[request.name] ());

    return request.name in answers;
  });
}

async function start () {
  const claims = readToken ();

  local.name = claims?.context?.user?.name ?? fromHash ('userInfo.displayName') ?? local.name;
  local.videoMuted = fromHash ('config.startWithVideoMuted') ?? false;
  show ('who', local.name);
  startTransport ();
  document.getElementById ('join').onclick = join;
  document.getElementById ('add').onclick = () => addSomebody ();
  document.getElementById ('remove').onclick = () => removeSomebody ();
  document.getElementById ('hang-up').onclick = leave;

  await new Promise (listenToScript);
  await report ('hello', {
    room: location.pathname,
    tokenInHash: hash.has ('jwt'),
    tokenInQuery: query.has ('jwt'),
    name: local.name,
    claims
  });

  if (!claims) {
    show ('state', 'Not allowed');
    send ('error-occurred', { error: {
      name: 'conference.connectionError.notAllowed', type: 'CONFERENCE', isFatal: true
    } });
  } else if (fromHash ('config.prejoinConfig.enabled') || location.pathname.endsWith ('-prejoin')) {
    document.getElementById ('join').hidden = false;
    show ('state', 'Ready to join');
  } else {
    join ();
  }
}

start ();
