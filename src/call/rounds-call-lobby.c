/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who knocks at the conference's door: one after the other, to be admitted or refused.
 * It sends no answer; the call page does.
 */

#include "config.h"

#include "rounds-call-lobby.h"

#include <glib/gi18n.h>

#include "rounds-call-resources.h"

/* More at a time come from a page that is broken or hostile. */
#define MAX_WAITING 50

struct _RoundsCallLobby
{
  AdwBin parent_instance;

  GtkLabel *label;
  GQueue waiting; /* of RoundsCallParticipant; the head is the one that is asked about */
};

G_DEFINE_FINAL_TYPE (RoundsCallLobby, rounds_call_lobby, ADW_TYPE_BIN)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_next (RoundsCallLobby *self)
{
  RoundsCallParticipant *person = g_queue_peek_head (&self->waiting);
  g_autofree char *text = NULL;

  /* Not bound: gtk_widget_dispose_template() would take it away from under AdwBin. */
  gtk_revealer_set_reveal_child (GTK_REVEALER (adw_bin_get_child (ADW_BIN (self))), person != NULL);
  if (person == NULL)
    return;

  /* Translators: %s is a person's name */
  text = g_strdup_printf (_ ("%s asks to join"), rounds_call_participant_get_name (person));
  gtk_label_set_label (self->label, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
answer (RoundsCallLobby *self, gboolean admit)
{
  g_autoptr (RoundsCallParticipant) person = g_queue_pop_head (&self->waiting);

  show_next (self);
  if (person != NULL)
    g_signal_emit (self, signals[ANSWERED], 0, rounds_call_participant_get_id (person), admit);
}

static void
admit_cb (RoundsCallLobby *self)
{
  answer (self, TRUE);
}

static void
refuse_cb (RoundsCallLobby *self)
{
  answer (self, FALSE);
}

static void
rounds_call_lobby_dispose (GObject *object)
{
  RoundsCallLobby *self = ROUNDS_CALL_LOBBY (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CALL_LOBBY);

  G_OBJECT_CLASS (rounds_call_lobby_parent_class)->dispose (object);
}

static void
rounds_call_lobby_class_init (RoundsCallLobbyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_call_lobby_dispose;
  signals[ANSWERED] = g_signal_new ("answered", ROUNDS_TYPE_CALL_LOBBY, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  /* The reference keeps the resources linked into programs that use the static library. */
  rounds_call_get_resource ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/call/rounds-call-lobby.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCallLobby, label);
  gtk_widget_class_bind_template_callback (widget_class, admit_cb);
  gtk_widget_class_bind_template_callback (widget_class, refuse_cb);
}

static void
rounds_call_lobby_init (RoundsCallLobby *self)
{
  g_queue_init (&self->waiting);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static int
compare_id (gconstpointer person, gconstpointer id)
{
  return g_strcmp0 (rounds_call_participant_get_id ((RoundsCallParticipant *)person), id);
}

/* @person knocks; who knocks again is asked about once. */
void
rounds_call_lobby_add (RoundsCallLobby *self, RoundsCallParticipant *person)
{
  g_return_if_fail (ROUNDS_IS_CALL_LOBBY (self));
  g_return_if_fail (ROUNDS_IS_CALL_PARTICIPANT (person));

  if (g_queue_find_custom (&self->waiting, rounds_call_participant_get_id (person), compare_id)
          != NULL
      || self->waiting.length >= MAX_WAITING)
    return;

  g_queue_push_tail (&self->waiting, g_object_ref (person));
  if (self->waiting.length == 1)
    show_next (self);
}

/* The call is over, and the door with it. */
void
rounds_call_lobby_clear (RoundsCallLobby *self)
{
  g_return_if_fail (ROUNDS_IS_CALL_LOBBY (self));

  g_queue_clear_full (&self->waiting, g_object_unref);
  show_next (self);
}
