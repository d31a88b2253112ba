/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One call of one record: makes its page and moves the record's status along with it.
 * It presents nothing; the window pushes the page and asks how it ended.
 */

#include "config.h"

#include "rounds-visit.h"

#include "rounds-entry-words.h"
#include "rounds-future.h"
#include "rounds-quality-log.h"
#include "rounds-visit-panel.h"
#include "rounds-visit-rules.h"

struct _RoundsVisit
{
  GObject parent_instance;

  RoundsSync *sync;
  RoundsEntry *entry;
  RoundsCallPage *page;
  RoundsNotes *notes;
  RoundsQualityLog *quality;
  gboolean is_moving; /* a fiber takes the record forward */
  gboolean is_browsed; /* the call went on in a browser: the page cannot see its end */
  gboolean is_ended; /* "ended" is emitted once */
};

G_DEFINE_FINAL_TYPE (RoundsVisit, rounds_visit, G_TYPE_OBJECT)

enum
{
  SIGNAL_ENDED,
  SIGNAL_CLOSED,
  SIGNAL_FAILED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* What a fiber that moves the record works on. */
typedef struct
{
  RoundsVisit *visit;
  char *notes; /* go with the last step; or NULL */
  int to;
} Move;

static void
free_move (gpointer data)
{
  Move *move = data;

  g_object_unref (move->visit);
  g_free (move->notes);
  g_free (move);
}

/* Sends one step and takes up the record as it came back. */
static gboolean
send_step_fiber (RoundsVisit *self, int to, const char *notes, const RoundsStoreDraft *typed,
                 GError **error)
{
  RoundsEntryKind kind = rounds_entry_get_kind (self->entry);
  const char *id = rounds_entry_get_id (self->entry);
  RoundsEntry *changed;

  if (kind == ROUNDS_ENTRY_APPOINTMENT)
    {
      g_autoptr (RoundsAppointment) appointment = dex_await_boxed (
          rounds_sync_change_appointment (self->sync, id, to, notes, typed), error);

      if (appointment == NULL)
        return FALSE;
      changed = rounds_entry_new_for_appointment (appointment);
    }
  else
    {
      g_autoptr (RoundsMeeting) meeting
          = dex_await_boxed (rounds_sync_change_meeting (self->sync, id, to, notes, typed), error);

      if (meeting == NULL)
        return FALSE;
      changed = rounds_entry_new_for_meeting (meeting);
    }

  g_set_object (&self->entry, changed);
  g_object_unref (changed);
  return TRUE;
}

/* Follows the call: as long as the rule asks for a step, takes it. */
static DexFuture *
follow_fiber (gpointer data)
{
  RoundsVisit *self = data;
  g_autoptr (GError) error = NULL;
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  int to;

  while (rounds_visit_next_step (viewer, self->entry,
                                 rounds_call_page_get_n_participants (self->page), &to))
    {
      if (!send_step_fiber (self, to, NULL, NULL, &error))
        {
          self->is_moving = FALSE;
          return dex_future_new_for_error (g_steal_pointer (&error));
        }
    }

  self->is_moving = FALSE;
  return dex_future_new_true ();
}

/* With the last step go the notes, and what was being written is no draft any more. */
static gboolean
send_last_step_fiber (Move *move, GError **error)
{
  RoundsNotes *written = move->visit->notes;
  g_autoptr (RoundsStoreDraft) typed = rounds_notes_hand_over (written);
  GError *local_error = NULL;

  if (send_step_fiber (move->visit, move->to, move->notes, typed, &local_error))
    return TRUE;
  rounds_notes_take_back (written, local_error);
  g_propagate_error (error, local_error);
  return FALSE;
}

static DexFuture *
move_fiber (gpointer data)
{
  Move *move = data;
  g_autoptr (GError) error = NULL;

  while (rounds_visit_get_status (move->visit->entry) != move->to)
    {
      int to = rounds_visit_leads_to (move->visit->entry, move->to)
                   ? move->to
                   : rounds_visit_find_step_after (move->visit->entry);

      if (to < 0)
        return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                      "The record ended in another way meanwhile");
      if (to == move->to ? !send_last_step_fiber (move, &error)
                         : !send_step_fiber (move->visit, to, NULL, NULL, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return dex_future_new_true ();
}

static DexFuture *
start_move (RoundsVisit *self, int to, const char *notes)
{
  Move *move = g_new0 (Move, 1);

  move->visit = g_object_ref (self);
  move->to = to;
  move->notes = g_strdup (notes);
  return rounds_spawn (move_fiber, move, free_move);
}

static void
on_follow_failed_cb (const GError *error, gpointer owner)
{
  g_signal_emit (owner, signals[SIGNAL_FAILED], 0, error);
}

static void
follow_call (RoundsVisit *self)
{
  if (self->is_moving || !rounds_call_page_is_in_call (self->page))
    return;

  self->is_moving = TRUE;
  rounds_future_watch (rounds_spawn (follow_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), on_follow_failed_cb);
}

static void
emit_ended (RoundsVisit *self)
{
  if (self->is_ended)
    return;
  if (!rounds_visit_may_complete (self) && !rounds_visit_may_be_no_show (self))
    return;

  self->is_ended = TRUE;
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
on_joined_cb (RoundsVisit *self)
{
  /* Whoever joins again after a drop is asked again at the end. */
  self->is_ended = FALSE;
  follow_call (self);
}

static void
on_participant_joined_cb (RoundsVisit *self, const char *id, const char *name)
{
  follow_call (self);
}

static void
on_measured_cb (RoundsVisit *self, const RoundsCallQuality *quality)
{
  rounds_quality_log_add (self->quality, quality,
                          rounds_clock_now (rounds_sync_get_clock (self->sync)));
}

static void
on_left_cb (RoundsVisit *self, gint64 seconds)
{
  rounds_quality_log_flush (self->quality);
  emit_ended (self);
}

static void
on_opened_in_browser_cb (RoundsVisit *self)
{
  self->is_browsed = TRUE;
}

static void
on_closed_cb (RoundsVisit *self)
{
  if (self->is_browsed)
    emit_ended (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
on_link_needed_cb (RoundsVisit *self)
{
  rounds_call_page_set_link_future (
      self->page, rounds_sync_fetch_link (self->sync, rounds_entry_get_kind (self->entry),
                                          rounds_entry_get_id (self->entry)));
}

static void
connect_page (RoundsVisit *self)
{
  const struct
  {
    const char *signal;
    GCallback callback;
  } connections[] = {
    { "joined", G_CALLBACK (on_joined_cb) },
    { "participant-joined", G_CALLBACK (on_participant_joined_cb) },
    { "measured", G_CALLBACK (on_measured_cb) },
    { "left", G_CALLBACK (on_left_cb) },
    { "opened-in-browser", G_CALLBACK (on_opened_in_browser_cb) },
    { "closed", G_CALLBACK (on_closed_cb) },
    { "link-needed", G_CALLBACK (on_link_needed_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (self->page, connections[i].signal, connections[i].callback, self,
                             G_CONNECT_SWAPPED);
}

static void
make_page (RoundsVisit *self)
{
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  RoundsStore *store = rounds_sync_get_store (self->sync);
  RoundsMeeting *meeting = rounds_entry_get_meeting (self->entry);
  g_autofree char *title = rounds_entry_words_title (self->entry, viewer, store);
  g_autofree char *subtitle = rounds_entry_words_subtitle (self->entry, viewer, store);
  RoundsCallSubject subject = {
    .title = title,
    .subtitle = subtitle,
    .display_name = viewer->name,
    .audio_only = meeting != NULL && meeting->type != ROUNDS_MEETING_VIDEO,
    .checks_devices = TRUE,
  };

  self->page = rounds_call_page_new (
      &subject, rounds_sync_fetch_link (self->sync, rounds_entry_get_kind (self->entry),
                                        rounds_entry_get_id (self->entry)));
  g_object_ref_sink (self->page);
  rounds_call_page_set_side (self->page,
                             GTK_WIDGET (rounds_visit_panel_new (self->entry, store, self->notes)));

  connect_page (self);
}

static void
rounds_visit_dispose (GObject *object)
{
  RoundsVisit *self = ROUNDS_VISIT (object);

  g_clear_object (&self->page);
  g_clear_object (&self->notes);
  g_clear_object (&self->quality);
  g_clear_object (&self->entry);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (rounds_visit_parent_class)->dispose (object);
}

static void
rounds_visit_class_init (RoundsVisitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_visit_dispose;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", ROUNDS_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", ROUNDS_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", ROUNDS_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rounds_visit_init (RoundsVisit *self)
{
}

/**
 * rounds_visit_new:
 * @entry: a record with a call
 *
 * Returns: (transfer full): a visit whose page is ready to be pushed.
 */
RoundsVisit *
rounds_visit_new (RoundsSync *sync, RoundsEntry *entry)
{
  RoundsVisit *self;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);

  self = g_object_new (ROUNDS_TYPE_VISIT, NULL);
  self->sync = g_object_ref (sync);
  self->entry = g_object_ref (entry);
  self->notes = rounds_notes_new (sync, entry);
  self->quality
      = rounds_quality_log_new (sync, rounds_entry_get_kind (entry), rounds_entry_get_id (entry));
  make_page (self);
  return self;
}

/**
 * rounds_visit_get_page:
 * Returns: (transfer none): the page of the call.
 */
RoundsCallPage *
rounds_visit_get_page (RoundsVisit *self)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT (self), NULL);

  return self->page;
}

/**
 * rounds_visit_get_notes:
 * Returns: (transfer none): what is being written about the record.
 */
RoundsNotes *
rounds_visit_get_notes (RoundsVisit *self)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT (self), NULL);

  return self->notes;
}

/**
 * rounds_visit_get_entry:
 * Returns: (transfer none): the record as the last step left it.
 */
RoundsEntry *
rounds_visit_get_entry (RoundsVisit *self)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT (self), NULL);

  return self->entry;
}

/**
 * rounds_visit_may_complete:
 * Returns: whether this person may record the call as completed, from the state it is in.
 */
gboolean
rounds_visit_may_complete (RoundsVisit *self)
{
  int to;

  g_return_val_if_fail (ROUNDS_IS_VISIT (self), FALSE);

  to = rounds_visit_find_step_after (self->entry);
  return to >= 0 && rounds_visit_may_change (rounds_sync_get_user (self->sync), self->entry, to);
}

/**
 * rounds_visit_may_be_no_show:
 * Returns: whether the patient may be recorded as not having come.
 */
gboolean
rounds_visit_may_be_no_show (RoundsVisit *self)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT (self), FALSE);

  return rounds_entry_get_kind (self->entry) == ROUNDS_ENTRY_APPOINTMENT
         && rounds_visit_leads_to (self->entry, ROUNDS_APPOINTMENT_NO_SHOW)
         && rounds_visit_may_change (rounds_sync_get_user (self->sync), self->entry,
                                     ROUNDS_APPOINTMENT_NO_SHOW);
}

/**
 * rounds_visit_complete:
 * @notes: (nullable): replaces the record's notes; %NULL leaves them
 *
 * Returns: (transfer full): resolves to %TRUE when the record is completed; rejects with what the
 *   server or the network said.
 */
DexFuture *
rounds_visit_complete (RoundsVisit *self, const char *notes)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT (self), NULL);

  if (rounds_entry_get_kind (self->entry) == ROUNDS_ENTRY_MEETING)
    return start_move (self, ROUNDS_MEETING_COMPLETED, notes);
  return start_move (self, ROUNDS_APPOINTMENT_COMPLETED, notes);
}

/**
 * rounds_visit_no_show:
 * @notes: (nullable): replaces the record's notes; %NULL leaves them
 *
 * Returns: (transfer full): resolves to %TRUE when it is recorded; rejects with what the server or
 *   the network said.
 */
DexFuture *
rounds_visit_no_show (RoundsVisit *self, const char *notes)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT (self), NULL);

  return start_move (self, ROUNDS_APPOINTMENT_NO_SHOW, notes);
}
