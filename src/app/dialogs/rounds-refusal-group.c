/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One change that did not get through: why, what was wanted, and where two people changed the same,
 * both values to choose from. What follows from the choice is the dialog's.
 */

#include "config.h"

#include "rounds-refusal-group.h"

#include <glib/gi18n.h>

#include "rounds-entry-words.h"
#include "rounds-field-words.h"
#include "rounds-time-words.h"

/* One field that both changed: the two buttons that stand for its values. */
typedef struct
{
  RoundsSyncFields field;
  GtkCheckButton *mine; /* borrowed */
  GtkCheckButton *theirs; /* borrowed */
} Choice;

struct _RoundsRefusalGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *reason_row;
  GtkButton *discard_button;
  GtkButton *send_button;

  RoundsRefusal *refusal;
  RoundsSync *sync;
  gint64 now;
  GArray *choices; /* of Choice */
};

G_DEFINE_FINAL_TYPE (RoundsRefusalGroup, rounds_refusal_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_DISCARD,
  SIGNAL_SEND,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static GtkWidget *
add_row (RoundsRefusalGroup *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

static char *
dup_value (RoundsRefusalGroup *self, RoundsEntry *entry, RoundsSyncFields field)
{
  return rounds_field_words_value (entry, field, rounds_sync_get_user (self->sync),
                                   rounds_sync_get_store (self->sync), self->now);
}

/* What was wanted, in the fields that are not the server's. */
static void
show_wish (RoundsRefusalGroup *self)
{
  const RoundsRefusal *refusal = self->refusal;
  RoundsSyncFields differing = rounds_field_words_compare (refusal->mine, refusal->theirs);

  for (guint bit = 0; 1u << bit <= ROUNDS_SYNC_ALL_FIELDS; bit++)
    {
      RoundsSyncFields field = differing & (RoundsSyncFields)(1u << bit);
      g_autofree char *wanted = NULL;
      GtkWidget *row = NULL;

      if (field == ROUNDS_SYNC_NO_FIELDS || (refusal->fields & field) != 0)
        continue;
      wanted = dup_value (self, refusal->mine, field);
      row = add_row (self, rounds_field_words_name (field), wanted);
      gtk_widget_add_css_class (row, "property");
    }
}

/* --- two values to choose from --- */

static gboolean
is_decided (RoundsRefusalGroup *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = &g_array_index (self->choices, Choice, i);

      if (!gtk_check_button_get_active (choice->mine)
          && !gtk_check_button_get_active (choice->theirs))
        return FALSE;
    }
  return TRUE;
}

static void
chosen_cb (RoundsRefusalGroup *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button), is_decided (self));
}

static GtkCheckButton *
add_value (RoundsRefusalGroup *self, RoundsEntry *entry, RoundsSyncFields field, const char *whose)
{
  g_autofree char *value = dup_value (self, entry, field);
  GtkWidget *row = add_row (self, value, whose);
  GtkWidget *button = gtk_check_button_new ();
  /* Translators: a choice for a screen reader: a field, its value, whose it is, as in "Status:
   * Completed, your change" */
  g_autofree char *spoken = g_strdup_printf (C_ ("spoken choice", "%s: %s, %s"),
                                             rounds_field_words_name (field), value, whose);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  /* The row would name it by the value alone. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  return GTK_CHECK_BUTTON (button);
}

static void
show_choices (RoundsRefusalGroup *self)
{
  const RoundsRefusal *refusal = self->refusal;

  for (guint bit = 0; 1u << bit <= ROUNDS_SYNC_ALL_FIELDS; bit++)
    {
      Choice choice = { .field = refusal->fields & (RoundsSyncFields)(1u << bit) };
      GtkWidget *header = NULL;

      if (choice.field == ROUNDS_SYNC_NO_FIELDS)
        continue;
      header = add_row (self, rounds_field_words_name (choice.field), NULL);
      gtk_widget_add_css_class (header, "heading");
      choice.mine = add_value (self, refusal->mine, choice.field, _ ("Your change"));
      choice.theirs = add_value (self, refusal->theirs, choice.field, _ ("On the server"));
      gtk_check_button_set_group (choice.theirs, choice.mine);
      g_array_append_val (self->choices, choice);
    }
  chosen_cb (self);
}

/* --- the whole --- */

static void
show_title (RoundsRefusalGroup *self)
{
  RoundsEntry *entry = self->refusal->mine != NULL ? self->refusal->mine : self->refusal->theirs;
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *when = NULL;
  g_autofree char *about = NULL;

  if (entry == NULL)
    {
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self),
                                       _ ("A Record That Is No Longer There"));
      return;
    }
  title = rounds_entry_words_title (entry, rounds_sync_get_user (self->sync),
                                    rounds_sync_get_store (self->sync));
  when = rounds_time_words_when (rounds_entry_get_range (entry).start, self->now);
  about = g_strdup_printf ("%s · %s", rounds_entry_words_kind (entry), when);
  escaped = g_markup_escape_text (title, -1); /* a group's title is markup */
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), about);
}

static void
show_reason (RoundsRefusalGroup *self)
{
  const RoundsRefusal *refusal = self->refusal;
  AdwPreferencesRow *row = ADW_PREFERENCES_ROW (self->reason_row);

  if (refusal->is_conflict)
    {
      adw_preferences_row_set_title (row, _ ("Somebody else has changed the same"));
      gtk_button_set_label (self->discard_button, _ ("_Drop My Change"));
      gtk_button_set_label (self->send_button, _ ("_Save Choice"));
      return;
    }
  adw_preferences_row_set_title (row, refusal->theirs == NULL
                                          ? _ ("The server did not take this new record")
                                          : _ ("The server did not take your change"));
  if (refusal->reason != NULL)
    adw_action_row_set_subtitle (self->reason_row, refusal->reason);
  gtk_widget_set_visible (GTK_WIDGET (self->send_button), refusal->mine != NULL);
}

static void
discard_cb (RoundsRefusalGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_DISCARD], 0);
}

static void
send_cb (RoundsRefusalGroup *self)
{
  RoundsSyncFields mine = ROUNDS_SYNC_ALL_FIELDS;

  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = &g_array_index (self->choices, Choice, i);

      if (gtk_check_button_get_active (choice->theirs))
        mine &= ~choice->field;
    }
  g_signal_emit (self, signals[SIGNAL_SEND], 0, (guint)mine);
}

static void
rounds_refusal_group_dispose (GObject *object)
{
  RoundsRefusalGroup *self = ROUNDS_REFUSAL_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_REFUSAL_GROUP);
  g_clear_pointer (&self->refusal, rounds_refusal_free);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (rounds_refusal_group_parent_class)->dispose (object);
}

static void
rounds_refusal_group_finalize (GObject *object)
{
  g_array_unref (ROUNDS_REFUSAL_GROUP (object)->choices);

  G_OBJECT_CLASS (rounds_refusal_group_parent_class)->finalize (object);
}

static void
rounds_refusal_group_class_init (RoundsRefusalGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_refusal_group_dispose;
  object_class->finalize = rounds_refusal_group_finalize;

  signals[SIGNAL_DISCARD] = g_signal_new ("discard", ROUNDS_TYPE_REFUSAL_GROUP, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * RoundsRefusalGroup::send:
   * @mine: the #RoundsSyncFields of which the person wants their own value
   */
  signals[SIGNAL_SEND] = g_signal_new ("send", ROUNDS_TYPE_REFUSAL_GROUP, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-refusal-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsRefusalGroup, reason_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsRefusalGroup, discard_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsRefusalGroup, send_button);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
}

static void
rounds_refusal_group_init (RoundsRefusalGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choices = g_array_new (FALSE, TRUE, sizeof (Choice));
}

/**
 * rounds_refusal_group_new:
 * @sync: the signed-in person's engine
 * @now: µs, UTC
 *
 * Returns: (transfer floating): a group that tells of @refusal
 */
GtkWidget *
rounds_refusal_group_new (const RoundsRefusal *refusal, RoundsSync *sync, gint64 now)
{
  RoundsRefusalGroup *self = NULL;

  g_return_val_if_fail (refusal != NULL, NULL);
  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  self = g_object_new (ROUNDS_TYPE_REFUSAL_GROUP, NULL);
  self->refusal = rounds_refusal_copy (refusal);
  self->sync = g_object_ref (sync);
  self->now = now;
  show_title (self);
  show_reason (self);
  if (refusal->mine != NULL && refusal->theirs != NULL)
    {
      show_choices (self);
      show_wish (self);
    }
  return GTK_WIDGET (self);
}

/**
 * rounds_refusal_group_get_name:
 *
 * Returns: (transfer none): the name of the refusal that is told of
 */
const char *
rounds_refusal_group_get_name (RoundsRefusalGroup *self)
{
  g_return_val_if_fail (ROUNDS_IS_REFUSAL_GROUP (self), NULL);

  return self->refusal->name;
}
