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
#include "rounds-visit-record.h"
#include "rounds-visit-rules.h"

struct _RoundsVisit
{
  GObject parent_instance;

  RoundsSync *sync;
  RoundsVisitRecord *record;
  RoundsCallPage *page;
  RoundsQualityLog *quality;
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

static void
on_follow_failed_cb (const GError *error, gpointer owner)
{
  g_signal_emit (owner, signals[SIGNAL_FAILED], 0, error);
}

static void
follow_call (RoundsVisit *self)
{
  if (rounds_call_page_is_in_call (self->page))
    rounds_future_watch (rounds_visit_record_follow (self->record, self->page), G_OBJECT (self),
                         on_follow_failed_cb);
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

static DexFuture *
fetch_link (RoundsVisit *self)
{
  RoundsEntry *entry = rounds_visit_get_entry (self);

  return rounds_sync_fetch_link (self->sync, rounds_entry_get_kind (entry),
                                 rounds_entry_get_id (entry));
}

static void
on_link_needed_cb (RoundsVisit *self)
{
  rounds_call_page_set_link_future (self->page, fetch_link (self));
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
  RoundsEntry *entry = rounds_visit_get_entry (self);
  RoundsUser *viewer = rounds_sync_get_user (self->sync);
  RoundsStore *store = rounds_sync_get_store (self->sync);
  RoundsMeeting *meeting = rounds_entry_get_meeting (entry);
  g_autofree char *title = rounds_entry_words_title (entry, viewer, store);
  g_autofree char *subtitle = rounds_entry_words_subtitle (entry, viewer, store);
  RoundsCallSubject subject = {
    .title = title,
    .subtitle = subtitle,
    .display_name = viewer->name,
    .audio_only = meeting != NULL && meeting->type != ROUNDS_MEETING_VIDEO,
    .checks_devices = TRUE,
  };

  self->page = rounds_call_page_new (&subject, fetch_link (self));
  g_object_ref_sink (self->page);
  rounds_call_page_set_side (self->page, GTK_WIDGET (rounds_visit_panel_new (
                                             entry, store, rounds_visit_get_notes (self))));

  connect_page (self);
}

static void
rounds_visit_dispose (GObject *object)
{
  RoundsVisit *self = ROUNDS_VISIT (object);

  g_clear_object (&self->page);
  g_clear_object (&self->quality);
  g_clear_object (&self->record);
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
  self->record = rounds_visit_record_new (sync, entry);
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
 * Returns: (transfer none) (nullable): what is being written about the record; %NULL for somebody
 *   who may not, and then neither rounds_visit_may_complete() nor its other way does.
 */
RoundsNotes *
rounds_visit_get_notes (RoundsVisit *self)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT (self), NULL);

  return rounds_visit_record_get_notes (self->record);
}

/**
 * rounds_visit_get_entry:
 * Returns: (transfer none): the record as the last step left it.
 */
RoundsEntry *
rounds_visit_get_entry (RoundsVisit *self)
{
  g_return_val_if_fail (ROUNDS_IS_VISIT (self), NULL);

  return rounds_visit_record_get_entry (self->record);
}

/**
 * rounds_visit_may_complete:
 * Returns: whether this person may record the call as completed, from the state it is in.
 */
gboolean
rounds_visit_may_complete (RoundsVisit *self)
{
  RoundsEntry *entry;
  int to;

  g_return_val_if_fail (ROUNDS_IS_VISIT (self), FALSE);

  entry = rounds_visit_get_entry (self);
  to = rounds_visit_find_step_after (entry);
  return to >= 0 && rounds_visit_may_change (rounds_sync_get_user (self->sync), entry, to);
}

/**
 * rounds_visit_may_be_no_show:
 * Returns: whether the patient may be recorded as not having come.
 */
gboolean
rounds_visit_may_be_no_show (RoundsVisit *self)
{
  RoundsEntry *entry;

  g_return_val_if_fail (ROUNDS_IS_VISIT (self), FALSE);

  entry = rounds_visit_get_entry (self);
  return rounds_entry_get_kind (entry) == ROUNDS_ENTRY_APPOINTMENT
         && rounds_visit_leads_to (entry, ROUNDS_APPOINTMENT_NO_SHOW)
         && rounds_visit_may_change (rounds_sync_get_user (self->sync), entry,
                                     ROUNDS_APPOINTMENT_NO_SHOW);
}

/**
 * rounds_visit_complete:
 * @notes: (nullable): replaces the record's notes; %NULL leaves them
 *
 * Returns: (transfer full): as rounds_visit_record_move() to completed
 */
DexFuture *
rounds_visit_complete (RoundsVisit *self, const char *notes)
{
  gboolean is_meeting;

  dex_return_error_if_fail (ROUNDS_IS_VISIT (self));

  is_meeting = rounds_entry_get_kind (rounds_visit_get_entry (self)) == ROUNDS_ENTRY_MEETING;
  return rounds_visit_record_move (
      self->record, is_meeting ? (int)ROUNDS_MEETING_COMPLETED : (int)ROUNDS_APPOINTMENT_COMPLETED,
      notes);
}

/**
 * rounds_visit_no_show:
 * @notes: (nullable): replaces the record's notes; %NULL leaves them
 *
 * Returns: (transfer full): as rounds_visit_record_move() to no-show
 */
DexFuture *
rounds_visit_no_show (RoundsVisit *self, const char *notes)
{
  dex_return_error_if_fail (ROUNDS_IS_VISIT (self));

  return rounds_visit_record_move (self->record, ROUNDS_APPOINTMENT_NO_SHOW, notes);
}
