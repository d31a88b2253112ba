/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Who is in the call: a header button with the count, and the names behind it, oneself first.
 * The list of the others belongs to RoundsCallConference.
 */

#include "config.h"

#include "rounds-call-people.h"

#include <glib/gi18n.h>

#include "rounds-call-person-row.h"
#include "rounds-call-resources.h"

struct _RoundsCallPeople
{
  AdwBin parent_instance;

  AdwButtonContent *content;
  GtkStack *stack;
  GtkNoSelection *selection;
  GListStore *own; /* one RoundsCallParticipant: oneself */
  GListStore *lists; /* own, then participants */
  GListModel *participants;
};

G_DEFINE_FINAL_TYPE (RoundsCallPeople, rounds_call_people, ADW_TYPE_BIN)

static void
show_count (RoundsCallPeople *self)
{
  guint n = self->participants != NULL ? g_list_model_get_n_items (self->participants) : 0;
  GtkWidget *button = adw_bin_get_child (ADW_BIN (self));
  g_autofree char *text = g_strdup_printf ("%u", n + 1);
  g_autofree char *words = NULL;

  words = n == 0 ? g_strdup (_ ("Nobody else is here yet"))
                 : g_strdup_printf (ngettext ("You and %u other person are here",
                                              "You and %u other people are here", n),
                                    n);
  adw_button_content_set_label (self->content, text);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_stack_set_visible_child_name (self->stack, n == 0 ? "empty" : "names");
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, rounds_call_person_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rounds_call_person_row_set_participant (ROUNDS_CALL_PERSON_ROW (gtk_list_item_get_child (item)),
                                          ROUNDS_CALL_PARTICIPANT (gtk_list_item_get_item (item)));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  rounds_call_person_row_set_participant (ROUNDS_CALL_PERSON_ROW (gtk_list_item_get_child (item)),
                                          NULL);
}

static void
rounds_call_people_dispose (GObject *object)
{
  RoundsCallPeople *self = ROUNDS_CALL_PEOPLE (object);

  if (self->participants != NULL)
    g_signal_handlers_disconnect_by_func (self->participants, show_count, self);
  g_clear_object (&self->participants);
  g_clear_object (&self->lists);
  g_clear_object (&self->own);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CALL_PEOPLE);

  G_OBJECT_CLASS (rounds_call_people_parent_class)->dispose (object);
}

static void
rounds_call_people_class_init (RoundsCallPeopleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_call_people_dispose;

  /* The reference keeps the resources linked into programs that use the static library. */
  rounds_call_get_resource ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/call/rounds-call-people.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPeople, content);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPeople, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPeople, selection);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row_cb);
}

static void
rounds_call_people_init (RoundsCallPeople *self)
{
  GtkFlattenListModel *everyone;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->own = g_list_store_new (ROUNDS_TYPE_CALL_PARTICIPANT);
  self->lists = g_list_store_new (G_TYPE_LIST_MODEL);
  g_list_store_append (self->lists, self->own);
  everyone = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (self->lists)));
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (everyone));
  g_object_unref (everyone);
  show_count (self);
}

/* @name: (nullable): of the person who sits here */
void
rounds_call_people_set_own_name (RoundsCallPeople *self, const char *name)
{
  g_autoptr (RoundsCallParticipant) person = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (ROUNDS_IS_CALL_PEOPLE (self));

  /* Translators: %s is the person's own name */
  text = name != NULL ? g_strdup_printf (_ ("%s (you)"), name) : g_strdup (_ ("You"));
  person = rounds_call_participant_new ("", text);
  g_list_store_remove_all (self->own);
  g_list_store_append (self->own, person);
}

/* @participants: (nullable) (transfer none): of RoundsCallParticipant */
void
rounds_call_people_set_model (RoundsCallPeople *self, GListModel *participants)
{
  g_return_if_fail (ROUNDS_IS_CALL_PEOPLE (self));
  g_return_if_fail (participants == NULL || G_IS_LIST_MODEL (participants));

  if (self->participants == participants)
    return;

  if (self->participants != NULL)
    g_signal_handlers_disconnect_by_func (self->participants, show_count, self);
  g_set_object (&self->participants, participants);
  if (participants != NULL)
    g_signal_connect_object (participants, "items-changed", G_CALLBACK (show_count), self,
                             G_CONNECT_SWAPPED);
  g_list_store_splice (self->lists, 1, g_list_model_get_n_items (G_LIST_MODEL (self->lists)) - 1,
                       (gpointer *)&participants, participants != NULL ? 1 : 0);
  show_count (self);
}
