/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the two devices of a fault run do: chance, by the run's seed, decides.
 * Whether all went well is judged in test-faults.c.
 */

#include "config.h"

#include "fault-run.h"

#include "rounds-sync-backoff.h"
#include "rounds-test.h"
#include "rounds-wall-time.h"

#define PASSWORD "demo-password"
#define DOCTOR "doctor@example.org"
/* Of other seeds' days nobody takes a slot. */
#define DAY_ZERO (G_GINT64_CONSTANT (1893456000) * ROUNDS_SECOND)

/* Retries and polls come at once. Who is told of news does not ask by itself. */
static DexFuture *
hurry (guint milliseconds, gpointer data)
{
  return milliseconds < ROUNDS_SYNC_POLL_LISTENING_MS ? dex_timeout_new_msec (1)
                                                      : dex_future_new_infinite ();
}

static void
find_people (FaultHospital *self, RoundsApi *api)
{
  g_autoptr (RoundsListing) users = rounds_test_expect_boxed (rounds_api_list_users (api));
  g_autoptr (RoundsListing) hospitals = rounds_test_expect_boxed (rounds_api_list_hospitals (api));

  for (guint i = 0; i < users->records->len && self->colleague == NULL; i++)
    {
      RoundsUser *user = g_ptr_array_index (users->records, i);

      if (user->role == ROUNDS_ROLE_DOCTOR && g_strcmp0 (user->id, self->doctor->id) != 0)
        self->colleague = rounds_user_ref (user);
    }
  for (guint i = 0; i < hospitals->records->len; i++)
    {
      RoundsHospital *hospital = g_ptr_array_index (hospitals->records, i);

      if (g_strcmp0 (hospital->id, self->doctor->hospital_id) == 0)
        g_set_str (&self->department, hospital->departments[0]);
    }
  g_assert_nonnull (self->colleague);
  g_assert_nonnull (self->department);
}

FaultHospital *
fault_hospital_new (void)
{
  FaultHospital *self = g_new0 (FaultHospital, 1);
  g_autoptr (RoundsApi) api = NULL;

  self->server = server_fixture_new ();
  api = rounds_api_new (server_fixture_get_uri (self->server), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->sessions); i++)
    {
      g_autoptr (RoundsSignIn) answer
          = rounds_test_expect_boxed (rounds_api_sign_in (api, DOCTOR, PASSWORD));

      g_assert_nonnull (answer->refresh_token);
      self->sessions[i].access_token = g_strdup (answer->access_token);
      self->sessions[i].refresh_token = g_strdup (answer->refresh_token);
      if (self->doctor == NULL)
        self->doctor = rounds_user_ref (answer->user);
    }
  rounds_api_set_session (api, self->sessions[FAULT_N_DEVICES].access_token, NULL);
  find_people (self, api);
  return self;
}

void
fault_hospital_free (FaultHospital *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sessions); i++)
    {
      g_free (self->sessions[i].access_token);
      g_free (self->sessions[i].refresh_token);
    }
  rounds_user_unref (self->doctor);
  rounds_user_unref (self->colleague);
  g_free (self->department);
  server_fixture_free (self->server);
  g_free (self);
}

static DexFuture *
keep_tokens (const char *access_token, const char *refresh_token, gpointer data)
{
  FaultSession *session = data;

  g_set_str (&session->access_token, access_token);
  g_set_str (&session->refresh_token, refresh_token);
  return dex_future_new_true ();
}

static void
sign_in_again (gpointer data)
{
  FaultDevice *device = data;

  if (device->api == NULL || rounds_sync_get_state (device->sync) != ROUNDS_SYNC_SIGNED_OUT)
    return;
  rounds_api_set_session (device->api, NULL, NULL);
  rounds_api_set_session (device->api, device->session->access_token,
                          device->session->refresh_token);
}

/* Two made-up 401 in a row end the session as far as the app can know. */
static void
state_changed_cb (RoundsSync *sync, GParamSpec *pspec, FaultDevice *device)
{
  if (rounds_sync_get_state (sync) == ROUNDS_SYNC_SIGNED_OUT)
    g_idle_add_once (sign_in_again, device);
}

static void
start_device (FaultRun *run, FaultDevice *device, FaultSession *session)
{
  static const guint8 key[ROUNDS_STORE_KEY_LENGTH] = { 1 };
  static const RoundsStoreQuery all = { 0 };

  device->session = session;
  device->api = rounds_api_new (fault_proxy_get_url (run->proxy), NULL);
  rounds_api_set_keep_func (device->api, keep_tokens, session, NULL);
  rounds_api_set_session (device->api, session->access_token, session->refresh_token);
  device->store = rounds_store_new (":memory:", key);
  rounds_test_expect (rounds_store_open (device->store));
  device->list = rounds_store_list (device->store, &all);
  device->sync = rounds_sync_new (device->api, device->store, run->hospital->doctor, run->clock);
  rounds_sync_set_delay_func (device->sync, hurry, NULL);
  g_signal_connect (device->sync, "notify::state", G_CALLBACK (state_changed_cb), device);
  rounds_sync_start (device->sync);
}

static void
stop_device (FaultDevice *device)
{
  rounds_test_expect (rounds_sync_stop (device->sync));
  rounds_test_expect (rounds_store_close (device->store));
  g_clear_object (&device->list);
  g_clear_object (&device->sync);
  g_clear_object (&device->store);
  g_clear_object (&device->api);
}

static void
deed_free (gpointer data)
{
  FaultDeed *deed = data;

  dex_clear (&deed->done);
  g_free (deed->mark);
  g_free (deed->about);
  g_free (deed);
}

static gboolean
has_settled (gpointer data)
{
  guint n_unsent;

  g_object_get (data, "n-unsent", &n_unsent, NULL);
  return n_unsent == 0 && rounds_sync_get_state (data) == ROUNDS_SYNC_IDLE;
}

/* And hears of what the other one does. */
static gboolean
listens (gpointer data)
{
  return has_settled (data) && rounds_sync_is_listening (data);
}

FaultRun *
fault_run_new (FaultHospital *hospital, guint32 seed)
{
  const char *server = server_fixture_get_uri (hospital->server);
  FaultRun *self = g_new0 (FaultRun, 1);

  self->hospital = hospital;
  self->seed = seed;
  self->random = g_rand_new_with_seed (seed);
  self->proxy = fault_proxy_new (server, self->random);
  self->clock = rounds_clock_new_system ();
  self->deeds = g_ptr_array_new_with_free_func (deed_free);
  self->direct = rounds_api_new (server, NULL);
  rounds_api_set_keep_func (self->direct, keep_tokens, &hospital->sessions[FAULT_N_DEVICES], NULL);
  rounds_api_set_session (self->direct, hospital->sessions[FAULT_N_DEVICES].access_token,
                          hospital->sessions[FAULT_N_DEVICES].refresh_token);
  for (guint i = 0; i < FAULT_N_DEVICES; i++)
    start_device (self, &self->devices[i], &hospital->sessions[i]);
  for (guint i = 0; i < FAULT_N_DEVICES; i++)
    rounds_test_wait_until (listens, self->devices[i].sync);
  fault_proxy_set_bad (self->proxy, TRUE);
  return self;
}

void
fault_run_free (FaultRun *self)
{
  for (guint i = 0; i < FAULT_N_DEVICES; i++)
    stop_device (&self->devices[i]);
  g_ptr_array_unref (self->deeds);
  fault_proxy_free (self->proxy);
  g_object_unref (self->direct);
  g_object_unref (self->clock);
  g_rand_free (self->random);
  g_free (self);
}

/* Whether anybody waits for the answer is chance as well. */
static void
note_deed (FaultRun *self, char *mark, const char *about, DexFuture *done)
{
  FaultDeed *deed = g_new0 (FaultDeed, 1);

  deed->mark = mark;
  deed->about = g_strdup (about);
  if (about == NULL || g_rand_boolean (self->random))
    deed->done = done;
  else
    dex_unref (done);
  g_ptr_array_add (self->deeds, deed);
}

static char *
make_mark (FaultRun *self)
{
  return g_strdup_printf ("seed-%u-deed-%u.", self->seed, self->deeds->len);
}

static void
book (FaultRun *self, FaultDevice *device)
{
  g_autoptr (RoundsAppointmentDraft) draft = rounds_appointment_draft_new ();
  gint64 day = DAY_ZERO + (self->seed % 2500) * ROUNDS_DAY;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day / ROUNDS_SECOND);

  g_set_str (&draft->hospital_id, self->hospital->doctor->hospital_id);
  g_set_str (&draft->department, self->hospital->department);
  g_set_str (&draft->doctor_id, self->hospital->doctor->id);
  draft->type
      = g_rand_boolean (self->random) ? ROUNDS_APPOINTMENT_VIRTUAL : ROUNDS_APPOINTMENT_IN_PERSON;
  draft->date = g_date_time_format (date, "%Y-%m-%d");
  draft->time = g_strdup_printf ("%02d:%02d", g_rand_int_range (self->random, 8, 18),
                                 30 * g_rand_int_range (self->random, 0, 2));
  draft->reason = make_mark (self);
  g_set_str (&draft->patient.full_name, "Ayşe Öztürk");
  note_deed (self, g_strdup (draft->reason), NULL,
             rounds_sync_create_appointment (device->sync, draft, NULL));
}

static void
meet (FaultRun *self, FaultDevice *device)
{
  const char *participants[] = { self->hospital->colleague->id, NULL };
  g_autoptr (RoundsMeetingDraft) draft = rounds_meeting_draft_new ();

  g_strfreev (draft->participants);
  draft->participants = g_strdupv ((char **)participants);
  draft->title = make_mark (self);
  draft->scheduled_at = DAY_ZERO;
  note_deed (self, g_strdup (draft->title), NULL,
             rounds_sync_create_meeting (device->sync, draft, NULL));
}

static gboolean
is_ours (FaultRun *self, RoundsEntry *entry)
{
  g_autofree char *prefix = g_strdup_printf ("seed-%u-", self->seed);
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  const char *text
      = appointment != NULL ? appointment->reason : rounds_entry_get_meeting (entry)->title;

  return text != NULL && g_str_has_prefix (text, prefix);
}

/* One of this run's records as the device shows it, or NULL. */
static RoundsEntry *
pick (FaultRun *self, FaultDevice *device)
{
  g_autoptr (GPtrArray) ours = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (device->list)); i++)
    {
      g_autoptr (RoundsEntry) entry = g_list_model_get_item (G_LIST_MODEL (device->list), i);

      if (is_ours (self, entry))
        g_ptr_array_add (ours, g_steal_pointer (&entry));
    }
  if (ours->len == 0)
    return NULL;
  return g_object_ref (
      g_ptr_array_index (ours, (guint)g_rand_int_range (self->random, 0, (gint32)ours->len)));
}

static void
take_next_state (FaultRun *self, FaultDevice *device, RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  RoundsMeeting *meeting = rounds_entry_get_meeting (entry);
  int to = g_rand_int_range (self->random, 0,
                             appointment != NULL ? (int)ROUNDS_N_APPOINTMENT_STATUSES
                                                 : (int)ROUNDS_N_MEETING_STATUSES);
  DexFuture *done = NULL;

  if (appointment != NULL
      && rounds_appointment_status_leads_to (appointment->status, (RoundsAppointmentStatus)to))
    done = rounds_sync_change_appointment (device->sync, appointment->id,
                                           (RoundsAppointmentStatus)to, NULL, NULL);
  else if (meeting != NULL
           && rounds_meeting_status_leads_to (meeting->status, (RoundsMeetingStatus)to))
    done = rounds_sync_change_meeting (device->sync, meeting->id, (RoundsMeetingStatus)to, NULL,
                                       NULL);
  if (done != NULL && g_rand_boolean (self->random))
    dex_future_disown (done);
  else if (done != NULL)
    dex_unref (done);
}

static DexFuture *
move_appointment (FaultDevice *device, const RoundsAppointment *before, gint64 start)
{
  g_autoptr (RoundsAppointmentDraft) form = rounds_appointment_draft_new ();

  rounds_wall_time_from_moment (before->timezone, start, &form->date, &form->time);
  g_set_str (&form->reason, before->reason);
  return rounds_sync_edit_appointment (device->sync, before, form, NULL);
}

static DexFuture *
move_meeting (FaultDevice *device, const RoundsMeeting *before, gint64 start)
{
  g_autoptr (RoundsMeetingDraft) form = rounds_meeting_draft_new ();

  form->scheduled_at = start;
  form->type = before->type;
  return rounds_sync_edit_meeting (device->sync, before, form, NULL);
}

static void
move (FaultRun *self, FaultDevice *device, RoundsEntry *entry)
{
  gint64 start
      = rounds_entry_get_range (entry).start + g_rand_int_range (self->random, -3, 4) * ROUNDS_HOUR;
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  dex_future_disown (appointment != NULL
                         ? move_appointment (device, appointment, start)
                         : move_meeting (device, rounds_entry_get_meeting (entry), start));
}

/* Who writes notes adds a line to what is there. */
static void
write_notes (FaultRun *self, FaultDevice *device, RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  const char *before
      = appointment != NULL ? appointment->notes : rounds_entry_get_meeting (entry)->notes;
  char *mark = make_mark (self);
  g_autofree char *notes
      = before != NULL ? g_strconcat (before, "\n", mark, NULL) : g_strdup (mark);

  note_deed (self, mark,
             appointment != NULL ? appointment->reason : rounds_entry_get_meeting (entry)->title,
             rounds_sync_set_notes (device->sync, entry, notes, NULL));
}

static void
change (FaultRun *self, FaultDevice *device)
{
  g_autoptr (RoundsEntry) entry = pick (self, device);

  if (entry == NULL)
    return;
  switch (g_rand_int_range (self->random, 0, 3))
    {
    case 0:
      take_next_state (self, device, entry);
      break;
    case 1:
      move (self, device, entry);
      break;
    default:
      write_notes (self, device, entry);
    }
}

/* Until the devices have asked so many things, or have nothing more to ask. */
static void
let_time_pass (FaultRun *self, guint n_requests)
{
  guint n_before = fault_proxy_count_requests (self->proxy);

  while (fault_proxy_count_requests (self->proxy) - n_before < n_requests
         && !(has_settled (self->devices[0].sync) && has_settled (self->devices[1].sync)))
    g_main_context_iteration (NULL, TRUE);
}

void
fault_run_take_step (FaultRun *self)
{
  FaultDevice *device = &self->devices[g_rand_int_range (self->random, 0, FAULT_N_DEVICES)];
  guint n_requests = (guint)g_rand_int_range (self->random, 0, 10);

  switch (g_rand_int_range (self->random, 0, 5))
    {
    case 0:
      book (self, device);
      break;
    case 1:
      meet (self, device);
      break;
    default:
      change (self, device);
    }
  let_time_pass (self, n_requests);
}

void
fault_run_come_to_rest (FaultRun *self)
{
  fault_proxy_set_bad (self->proxy, FALSE);
  for (guint i = 0; i < FAULT_N_DEVICES; i++)
    rounds_test_wait_until (has_settled, self->devices[i].sync);
  for (guint i = 0; i < FAULT_N_DEVICES; i++)
    rounds_test_expect (rounds_sync_now (self->devices[i].sync));
}
