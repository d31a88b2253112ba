/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The notes that are being written on one record: a text that all who show it share, and that
 * outlives a crash. It shows nothing itself; text views take its buffer.
 */

#include "config.h"

#include "rounds-notes.h"

#include "rounds-draft-keeper.h"
#include "rounds-error-words.h"
#include "rounds-future.h"
#include "rounds-json.h"

#define DRAFT_KIND "notes"
/* What was written, and the record's notes that it was written on. */
#define DRAFT_TEXT "text"
#define DRAFT_SEEN "seen"

struct _RoundsNotes
{
  GObject parent_instance;

  RoundsSync *sync;
  RoundsEntry *entry;
  RoundsDraftKeeper *keeper;
  GtkTextBuffer *buffer;
  char *seen; /* the record's notes */
  char *problem;
};

G_DEFINE_FINAL_TYPE (RoundsNotes, rounds_notes, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROBLEM,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static char *
dup_text (RoundsNotes *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
set_problem (RoundsNotes *self, const char *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/* The record's notes begin and end with no white space: what is sent is stripped. */
static gboolean
differs_from_seen (RoundsNotes *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *seen = g_strstrip (g_strdup (self->seen));

  return !g_str_equal (stripped, seen);
}

static void
on_changed_cb (RoundsNotes *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *payload = NULL;
  gboolean differs = differs_from_seen (self, text);

  gtk_text_buffer_set_modified (self->buffer, differs);
  if (differs)
    {
      draft = json_object_new ();
      json_object_set_string_member (draft, DRAFT_TEXT, text);
      json_object_set_string_member (draft, DRAFT_SEEN, self->seen);
      node = json_node_init_object (json_node_alloc (), draft);
      payload = json_to_string (node, FALSE);
    }
  rounds_draft_keeper_set (self->keeper, payload);
}

static void
on_keeping_failed_cb (RoundsNotes *self, const GError *error)
{
  g_autofree char *line = rounds_error_words_line (error, NULL);

  set_problem (self, line);
}

static void
take_draft (RoundsNotes *self, const RoundsStoreDraft *draft)
{
  g_autoptr (JsonObject) object = rounds_json_parse_object (draft->payload, -1, NULL);
  g_autofree char *merged = NULL;

  /* Whatever was typed since is newer. A draft that makes no sense is another version's. */
  if (object == NULL || gtk_text_buffer_get_modified (self->buffer))
    return;

  merged = rounds_notes_merge (json_object_get_string_member_with_default (object, DRAFT_SEEN, ""),
                               json_object_get_string_member_with_default (object, DRAFT_TEXT, ""),
                               self->seen);
  gtk_text_buffer_set_text (self->buffer, merged, -1);
}

static DexFuture *
load_fiber (gpointer data)
{
  RoundsNotes *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStoreDraft) draft
      = dex_await_boxed (rounds_store_load_draft (rounds_sync_get_store (self->sync), DRAFT_KIND,
                                                  rounds_entry_get_id (self->entry)),
                         &error);

  if (draft != NULL)
    take_draft (self, draft);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static void
on_load_failed_cb (const GError *error, gpointer owner)
{
  on_keeping_failed_cb (owner, error);
}

static DexFuture *
send_fiber (gpointer data)
{
  RoundsNotes *self = data;
  g_autofree char *text = g_strstrip (dup_text (self));
  g_autoptr (RoundsStoreDraft) typed = NULL;
  g_autoptr (GError) error = NULL;

  if (!gtk_text_buffer_get_modified (self->buffer))
    return dex_future_new_true ();
  typed = rounds_notes_hand_over (self);
  if (!dex_await (rounds_sync_set_notes (self->sync, self->entry, text, typed), &error)
      /* The engine keeps it, and asks the person whose notes are to stand. */
      && !g_error_matches (error, ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_CONFLICT))
    {
      rounds_notes_take_back (self, error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return rounds_notes_forget (self, text);
}

static void
rounds_notes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PROBLEM)
    g_value_set_string (value, ROUNDS_NOTES (object)->problem);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* What was typed in the last moment is still to be kept. */
static void
rounds_notes_dispose (GObject *object)
{
  RoundsNotes *self = ROUNDS_NOTES (object);

  if (self->keeper != NULL && gtk_text_buffer_get_modified (self->buffer))
    dex_future_disown (rounds_draft_keeper_flush (self->keeper));
  g_clear_object (&self->keeper);
  g_clear_object (&self->buffer);
  g_clear_object (&self->entry);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (rounds_notes_parent_class)->dispose (object);
}

static void
rounds_notes_finalize (GObject *object)
{
  RoundsNotes *self = ROUNDS_NOTES (object);

  g_clear_pointer (&self->seen, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (rounds_notes_parent_class)->finalize (object);
}

static void
rounds_notes_class_init (RoundsNotesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_notes_get_property;
  object_class->dispose = rounds_notes_dispose;
  object_class->finalize = rounds_notes_finalize;

  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rounds_notes_init (RoundsNotes *self)
{
  self->buffer = gtk_text_buffer_new (NULL);
}

/**
 * rounds_notes_new:
 * @sync: the account's engine
 * @entry: the record, whose notes stand there to begin with
 *
 * Returns: (transfer full): the notes; what was written before a crash comes back in a moment
 */
RoundsNotes *
rounds_notes_new (RoundsSync *sync, RoundsEntry *entry)
{
  RoundsAppointment *appointment;
  const char *notes;
  RoundsNotes *self;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);
  g_return_val_if_fail (ROUNDS_IS_ENTRY (entry), NULL);

  appointment = rounds_entry_get_appointment (entry);
  notes = appointment != NULL ? appointment->notes : rounds_entry_get_meeting (entry)->notes;
  self = g_object_new (ROUNDS_TYPE_NOTES, NULL);
  self->sync = g_object_ref (sync);
  self->entry = g_object_ref (entry);
  self->seen = g_strdup (notes != NULL ? notes : "");
  self->keeper
      = rounds_draft_keeper_new (rounds_sync_get_store (sync), rounds_sync_get_clock (sync),
                                 DRAFT_KIND, rounds_entry_get_id (entry));
  gtk_text_buffer_set_text (self->buffer, self->seen, -1);
  gtk_text_buffer_set_modified (self->buffer, FALSE);
  /* The buffer itself calls every change a modification. */
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->keeper, "failed", G_CALLBACK (on_keeping_failed_cb), self,
                           G_CONNECT_SWAPPED);
  rounds_future_watch (rounds_spawn (load_fiber, g_object_ref (self), g_object_unref),
                       G_OBJECT (self), on_load_failed_cb);
  return self;
}

/**
 * rounds_notes_get_buffer:
 * Returns: (transfer none): the text; modified when it is not what the record says.
 */
GtkTextBuffer *
rounds_notes_get_buffer (RoundsNotes *self)
{
  g_return_val_if_fail (ROUNDS_IS_NOTES (self), NULL);

  return self->buffer;
}

/**
 * rounds_notes_send:
 *
 * Makes what is written the record's notes, and no step of its status.
 *
 * Returns: (transfer full): resolves to %TRUE when there is nothing left that only this object
 *   knows; rejects with what the server or the cache said, and the text stays kept here.
 */
DexFuture *
rounds_notes_send (RoundsNotes *self)
{
  g_return_val_if_fail (ROUNDS_IS_NOTES (self), NULL);

  return rounds_spawn (send_fiber, g_object_ref (self), g_object_unref);
}

/**
 * rounds_notes_hand_over:
 *
 * Returns: (transfer full): the draft, which an edit with this text takes the place of
 */
RoundsStoreDraft *
rounds_notes_hand_over (RoundsNotes *self)
{
  g_return_val_if_fail (ROUNDS_IS_NOTES (self), NULL);

  return rounds_draft_keeper_hand_over (self->keeper);
}

/**
 * rounds_notes_take_back:
 *
 * The edit came to nothing, for @error: the text is kept here again, unless the engine keeps it.
 */
void
rounds_notes_take_back (RoundsNotes *self, const GError *error)
{
  g_return_if_fail (ROUNDS_IS_NOTES (self));

  rounds_draft_keeper_take_back (self->keeper, error);
}

/**
 * rounds_notes_forget:
 * @sent: (nullable): what are the record's notes by now; %NULL when they stayed what they were
 *
 * Somebody else has taken the text, with a step of the record: it need not be kept here. What was
 * typed while that was on its way is a draft still.
 *
 * Returns: (transfer full): resolves to %TRUE; rejects with a %ROUNDS_STORE_ERROR.
 */
DexFuture *
rounds_notes_forget (RoundsNotes *self, const char *sent)
{
  g_return_val_if_fail (ROUNDS_IS_NOTES (self), NULL);

  if (sent != NULL)
    g_set_str (&self->seen, sent);
  on_changed_cb (self);
  return rounds_draft_keeper_flush (self->keeper);
}

/**
 * rounds_notes_merge:
 * @seen: the record's notes when @written was begun
 * @written: what was made of them and not sent
 * @now: the record's notes of today
 *
 * Returns: (transfer full): a text in which nothing of either is lost
 */
char *
rounds_notes_merge (const char *seen, const char *written, const char *now)
{
  g_return_val_if_fail (seen != NULL && written != NULL && now != NULL, NULL);

  if (g_str_equal (seen, now) || *now == '\0' || g_str_has_prefix (written, now))
    return g_strdup (written);
  if (*seen != '\0' && g_str_has_prefix (written, seen))
    return g_strconcat (now, written + strlen (seen), NULL);
  return g_strconcat (now, "\n\n", written, NULL);
}
