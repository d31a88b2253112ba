/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * How widgets name a record to the window's `record.` actions, and the menu of those actions.
 * The actions themselves are in shell/rounds-window-actions.c.
 */

#include "config.h"

#include "rounds-record-menu.h"

#include <glib/gi18n.h>

#include "rounds-steps.h"

static void
append_step (GMenu *menu, RoundsEntry *entry, const RoundsStep *step)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (step->label, NULL);

  if (step->cancels)
    g_menu_item_set_action_and_target_value (item, "record.cancel", rounds_record_target (entry));
  else
    g_menu_item_set_action_and_target_value (item, "record.change",
                                             rounds_record_change_target (entry, step->to));
  g_menu_append_item (menu, item);
}

/**
 * rounds_record_target:
 * Returns: (transfer floating): what names @entry to a record action.
 */
GVariant *
rounds_record_target (RoundsEntry *entry)
{
  return g_variant_new (ROUNDS_RECORD_TARGET, (guint32)rounds_entry_get_kind (entry),
                        rounds_entry_get_id (entry));
}

/**
 * rounds_record_change_target:
 * Returns: (transfer floating): what asks record.change to take @entry to @to.
 */
GVariant *
rounds_record_change_target (RoundsEntry *entry, int to)
{
  return g_variant_new (ROUNDS_RECORD_CHANGE_TARGET, (guint32)rounds_entry_get_kind (entry),
                        rounds_entry_get_id (entry), (guint32)to);
}

/**
 * rounds_record_set_action:
 * @name: an action with the prefix "record."
 * @target: (transfer floating): of rounds_record_target() or rounds_record_change_target()
 *
 * Lets @button activate @name on a record.
 */
void
rounds_record_set_action (GtkActionable *button, const char *name, GVariant *target)
{
  g_return_if_fail (GTK_IS_ACTIONABLE (button));

  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

/**
 * rounds_record_menu_new:
 * Returns: (transfer full) (nullable): the menu, or %NULL when there would be nothing in it.
 */
GMenuModel *
rounds_record_menu_new (RoundsUser *viewer, RoundsEntry *entry, int skip, gboolean with_details)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) forward = g_menu_new ();
  g_autoptr (GMenu) ending = g_menu_new ();
  RoundsStep steps[ROUNDS_MAX_STEPS];
  guint n_steps = rounds_steps_list (viewer, entry, steps);

  if (with_details)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ ("_Details"), NULL);

      g_menu_item_set_action_and_target_value (item, "record.open", rounds_record_target (entry));
      g_menu_append_item (forward, item);
    }
  if (rounds_steps_may_edit (viewer, entry))
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ ("_Edit…"), NULL);

      g_menu_item_set_action_and_target_value (item, "record.edit", rounds_record_target (entry));
      g_menu_append_item (forward, item);
    }
  for (guint i = 0; i < n_steps; i++)
    {
      if (steps[i].to != skip)
        append_step (steps[i].cancels ? ending : forward, entry, &steps[i]);
    }

  if (g_menu_model_get_n_items (G_MENU_MODEL (forward)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (forward));
  if (g_menu_model_get_n_items (G_MENU_MODEL (ending)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (ending));
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return NULL;
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
