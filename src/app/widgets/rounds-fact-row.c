/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * One fact about a record: what it is, its value, and for some a button that copies the value.
 * An empty fact hides itself.
 */

#include "config.h"

#include "rounds-fact-row.h"

#include <glib/gi18n.h>

struct _RoundsFactRow
{
  AdwActionRow parent_instance;

  GtkButton *copy_button;

  char *value; /* what is copied: without marks of direction */
  gboolean is_copyable;
};

G_DEFINE_FINAL_TYPE (RoundsFactRow, rounds_fact_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_0,
  PROP_COPYABLE,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
show_value (RoundsFactRow *self, const char *value, const char *shown)
{
  g_set_str (&self->value, value);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self), value != NULL && *value != '\0');
}

static void
on_copy_clicked_cb (RoundsFactRow *self)
{
  g_autofree char *said = NULL;
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->value);
  /* Translators: said by a screen reader after copying; %s is "Phone" or the like. */
  said = g_strdup_printf (_ ("%s copied"), title);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), said,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_title_changed_cb (RoundsFactRow *self)
{
  g_autofree char *label = NULL;
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  /* Translators: accessible name of a copy button; %s is "Phone" or the like. */
  label = g_strdup_printf (_ ("Copy %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
rounds_fact_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_FACT_ROW);

  G_OBJECT_CLASS (rounds_fact_row_parent_class)->dispose (object);
}

static void
rounds_fact_row_finalize (GObject *object)
{
  g_free (ROUNDS_FACT_ROW (object)->value);

  G_OBJECT_CLASS (rounds_fact_row_parent_class)->finalize (object);
}

static void
rounds_fact_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COPYABLE:
      g_value_set_boolean (value, ROUNDS_FACT_ROW (object)->is_copyable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_fact_row_set_property (GObject *object, guint prop_id, const GValue *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COPYABLE:
      ROUNDS_FACT_ROW (object)->is_copyable = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_fact_row_class_init (RoundsFactRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_fact_row_dispose;
  object_class->finalize = rounds_fact_row_finalize;
  object_class->get_property = rounds_fact_row_get_property;
  object_class->set_property = rounds_fact_row_set_property;

  properties[PROP_COPYABLE] = g_param_spec_boolean ("copyable", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/widgets/rounds-fact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsFactRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_title_changed_cb);
}

static void
rounds_fact_row_init (RoundsFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_fact_row_set_value:
 * @value: (nullable): plain text, not markup
 *
 * Shows another value; without one the row hides.
 */
void
rounds_fact_row_set_value (RoundsFactRow *self, const char *value)
{
  g_return_if_fail (ROUNDS_IS_FACT_ROW (self));

  show_value (self, value, value);
}

/**
 * rounds_fact_row_set_ltr_value:
 * @value: (nullable): plain text that runs from left to right in every script
 *
 * Shows another value; without one the row hides.
 */
void
rounds_fact_row_set_ltr_value (RoundsFactRow *self, const char *value)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (ROUNDS_IS_FACT_ROW (self));

  if (value != NULL)
    shown = g_strconcat ("\u2066", value, "\u2069", NULL);
  show_value (self, value, shown);
}
