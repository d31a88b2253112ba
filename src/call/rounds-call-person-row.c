/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One row of the people in a call: picture with initials, name.
 * It follows a renaming; who is in the list is not its business.
 */

#include "config.h"

#include "rounds-call-person-row.h"

#include <string.h>

#include "rounds-call-resources.h"

struct _RoundsCallPersonRow
{
  AdwBin parent_instance;

  AdwAvatar *avatar;
  GtkLabel *label;
  GBindingGroup *bindings;
};

G_DEFINE_FINAL_TYPE (RoundsCallPersonRow, rounds_call_person_row, ADW_TYPE_BIN)

static void
rounds_call_person_row_dispose (GObject *object)
{
  RoundsCallPersonRow *self = ROUNDS_CALL_PERSON_ROW (object);

  g_clear_object (&self->bindings);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CALL_PERSON_ROW);

  G_OBJECT_CLASS (rounds_call_person_row_parent_class)->dispose (object);
}

static void
rounds_call_person_row_class_init (RoundsCallPersonRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_call_person_row_dispose;

  /* The reference keeps the resources linked into programs that use the static library. */
  rounds_call_get_resource ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/call/rounds-call-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPersonRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallPersonRow, label);
}

/* Initials are of the name alone, not of what stands in brackets behind it, as in "Maria Lopez
 * (you)". */
static gboolean
leave_name (GBinding *binding, const GValue *from, GValue *to, gpointer unused)
{
  const char *name = g_value_get_string (from);
  const char *bracket = name != NULL ? strstr (name, " (") : NULL;

  if (bracket != NULL)
    g_value_take_string (to, g_strndup (name, (gsize)(bracket - name)));
  else
    g_value_set_string (to, name);
  return TRUE;
}

static void
rounds_call_person_row_init (RoundsCallPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->bindings = g_binding_group_new ();
  g_binding_group_bind_full (self->bindings, "name", self->avatar, "text", G_BINDING_SYNC_CREATE,
                             leave_name, NULL, NULL, NULL);
  g_binding_group_bind (self->bindings, "name", self->label, "label", G_BINDING_SYNC_CREATE);
}

GtkWidget *
rounds_call_person_row_new (void)
{
  return g_object_new (ROUNDS_TYPE_CALL_PERSON_ROW, NULL);
}

/* @participant: (nullable) (transfer none): NULL while the row waits for another one */
void
rounds_call_person_row_set_participant (RoundsCallPersonRow *self,
                                        RoundsCallParticipant *participant)
{
  g_return_if_fail (ROUNDS_IS_CALL_PERSON_ROW (self));
  g_return_if_fail (participant == NULL || ROUNDS_IS_CALL_PARTICIPANT (participant));

  g_binding_group_set_source (self->bindings, participant);
}
