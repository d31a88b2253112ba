/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * All appointments or all meetings by day, searchable, with the details of one beside them.
 * It reads the store's list model; it changes no record.
 */

#include "config.h"

#include "rounds-records-page-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (RoundsRecordsPage, rounds_records_page, ADW_TYPE_BIN)

static void
set_query (RoundsRecordsPage *self, const char *search)
{
  RoundsStoreQuery query = {
    .appointments = self->kind == ROUNDS_ENTRY_APPOINTMENT,
    .meetings = self->kind == ROUNDS_ENTRY_MEETING,
    .search = search != NULL && *search != '\0' ? search : NULL,
  };

  if (self->entries == NULL)
    self->entries = rounds_store_list (rounds_sync_get_store (self->sync), &query);
  else
    rounds_entry_list_set_query (self->entries, &query);
}

static gboolean
is_searching (RoundsRecordsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  return gtk_search_bar_get_search_mode (self->search_bar) && *text != '\0';
}

/* Whether to where it belongs. */
static gboolean
move_focus (RoundsRecordsPage *self)
{
  if (adw_navigation_split_view_get_collapsed (self->split)
      && adw_navigation_split_view_get_show_content (self->split))
    return rounds_details_page_take_focus (self->details);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    {
      rounds_day_list_take_focus (self->list);
      return TRUE;
    }
  if (is_searching (self))
    return rounds_focus_move_to (GTK_WIDGET (self->search_entry));
  if (!rounds_focus_move_to (GTK_WIDGET (self->empty_button)))
    rounds_focus_move_to (GTK_WIDGET (self->search_button));
  return FALSE;
}

static void
scroll_once (RoundsRecordsPage *self)
{
  if (self->is_scrolled || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || g_list_model_get_n_items (G_LIST_MODEL (self->entries)) == 0)
    return;
  self->is_scrolled = TRUE;
  rounds_day_list_scroll_to_today (self->list);
}

/* Where there is not one record, there is nothing to stand beside a list. */
static void
update_panes (RoundsRecordsPage *self)
{
  gboolean is_empty = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0;

  adw_navigation_split_view_set_collapsed (self->split, self->is_narrow || is_empty);
}

static void
on_narrow_cb (RoundsRecordsPage *self)
{
  self->is_narrow = TRUE;
  update_panes (self);
}

static void
on_wide_cb (RoundsRecordsPage *self)
{
  self->is_narrow = FALSE;
  update_panes (self);
}

static void
show_state (RoundsRecordsPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  /* Before the stack moves it to whatever comes first. */
  gboolean is_focus_due = rounds_focus_debt_is_due (&self->focus_debt, GTK_WIDGET (self));

  if (n_items > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (!rounds_entry_list_get_loaded (self->entries))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else
    gtk_stack_set_visible_child_name (self->stack, is_searching (self) ? "no-results" : "empty");

  update_panes (self);
  rounds_details_page_set_has_choice (self->details, n_items > 0);
  if (is_focus_due)
    rounds_records_page_take_focus (self);
}

static gboolean
on_said_timeout_cb (gpointer data)
{
  RoundsRecordsPage *self = data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  g_autofree char *said = g_strdup_printf (ngettext ("%u result", "%u results", n_items), n_items);

  self->said_source = 0;
  gtk_accessible_announce (GTK_ACCESSIBLE (self), said,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  return G_SOURCE_REMOVE;
}

static void
on_entries_changed_cb (RoundsRecordsPage *self)
{
  scroll_once (self);
  show_state (self);
  if (!is_searching (self))
    return;

  g_clear_handle_id (&self->said_source, g_source_remove);
  self->said_source = g_timeout_add (500, on_said_timeout_cb, self);
}

static void
on_search_changed_cb (RoundsRecordsPage *self)
{
  /* Once the answer is in; what is in the list now is another one's. */
  self->is_scrolled = FALSE;
  set_query (self, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  show_state (self);
}

/* Escape leads back to where the search began. */
static void
on_search_mode_cb (RoundsRecordsPage *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar)
      && gtk_widget_get_mapped (GTK_WIDGET (self)))
    rounds_records_page_take_focus (self);
}

/* From the entry, Down or Enter leads to what was found. */
static void
on_search_done_cb (RoundsRecordsPage *self)
{
  rounds_records_page_take_focus (self);
}

static void
on_chosen_cb (RoundsRecordsPage *self, RoundsEntry *entry)
{
  if (!adw_navigation_split_view_get_collapsed (self->split))
    rounds_details_page_show (self->details, entry);
}

/* With the focus, at the next step. */
static void
show_details (RoundsRecordsPage *self, RoundsEntry *entry)
{
  self->focus_debt.is_due = FALSE;
  rounds_details_page_show (self->details, entry);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  rounds_details_page_take_focus (self->details);
}

static void
on_opened_cb (RoundsRecordsPage *self, RoundsEntry *entry)
{
  show_details (self, entry);
}

/* Beside the list, a click chooses; over it, a click opens. */
static void
on_collapsed_cb (RoundsRecordsPage *self)
{
  gboolean is_collapsed = adw_navigation_split_view_get_collapsed (self->split);
  RoundsEntry *chosen = rounds_day_list_get_chosen (self->list);

  rounds_day_list_set_one_click (self->list, is_collapsed);
  if (!is_collapsed && chosen != NULL)
    rounds_details_page_show (self->details, chosen);
}

static void
make_entries (RoundsRecordsPage *self)
{
  set_query (self, NULL);
  rounds_day_list_set_entries (self->list, G_LIST_MODEL (self->entries), self->sync, self->clock);
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (on_entries_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->entries, "notify::loaded", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
}

static void
rounds_records_page_map (GtkWidget *widget)
{
  RoundsRecordsPage *self = ROUNDS_RECORDS_PAGE (widget);

  GTK_WIDGET_CLASS (rounds_records_page_parent_class)->map (widget);
  if (self->entries == NULL)
    return;
  scroll_once (self);
  show_state (self);
}

static void
rounds_records_page_dispose (GObject *object)
{
  RoundsRecordsPage *self = ROUNDS_RECORDS_PAGE (object);

  g_clear_handle_id (&self->said_source, g_source_remove);
  /* Disposing of the template would take this child away behind the parent class's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_RECORDS_PAGE);
  g_clear_object (&self->entries);
  g_clear_object (&self->sync);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rounds_records_page_parent_class)->dispose (object);
}

static void
rounds_records_page_class_init (RoundsRecordsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_records_page_dispose;
  widget_class->map = rounds_records_page_map;

  g_type_ensure (ROUNDS_TYPE_DAY_LIST);
  g_type_ensure (ROUNDS_TYPE_DETAILS_PAGE);
  g_type_ensure (ROUNDS_TYPE_SYNC_BANNER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/records/rounds-records-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, split);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, list_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecordsPage, details);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_collapsed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_wide_cb);
}

static void
rounds_records_page_init (RoundsRecordsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->list));
}

/**
 * rounds_records_page_set_sync:
 * @kind: which of the two lists this page is
 * @sync: (transfer none): the account's engine
 * @clock: (transfer none): what "now" is
 * @server: (nullable): the base URL, for its host
 *
 * To be called once, before the page is shown.
 */
void
rounds_records_page_set_sync (RoundsRecordsPage *self, RoundsEntryKind kind, RoundsSync *sync,
                              RoundsClock *clock, const char *server)
{
  g_return_if_fail (ROUNDS_IS_RECORDS_PAGE (self));
  g_return_if_fail (ROUNDS_IS_SYNC (sync));
  g_return_if_fail (self->sync == NULL);

  self->kind = kind;
  self->sync = g_object_ref (sync);
  self->clock = g_object_ref (clock);
  rounds_details_page_set_sync (self->details, sync, clock);
  rounds_sync_banner_set_sync (self->banner, sync, clock, server);
  rounds_records_page_name_kind (self);
  make_entries (self);
  show_state (self);
}

/**
 * rounds_records_page_open:
 * @entry: (transfer none): an entry of this page's kind
 *
 * Shows the details of @entry, over the list where the window is narrow.
 */
void
rounds_records_page_open (RoundsRecordsPage *self, RoundsEntry *entry)
{
  g_return_if_fail (ROUNDS_IS_RECORDS_PAGE (self));
  g_return_if_fail (ROUNDS_IS_ENTRY (entry));

  rounds_day_list_choose (self->list, entry);
  show_details (self, entry);
}

/**
 * rounds_records_page_search:
 *
 * Opens the search and moves the focus there.
 */
void
rounds_records_page_search (RoundsRecordsPage *self)
{
  g_return_if_fail (ROUNDS_IS_RECORDS_PAGE (self));

  adw_navigation_split_view_set_show_content (self->split, FALSE);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  rounds_focus_move_to (GTK_WIDGET (self->search_entry));
}

/**
 * rounds_records_page_take_focus:
 *
 * Moves the focus to the list, or to the details where they are over it.
 */
void
rounds_records_page_take_focus (RoundsRecordsPage *self)
{
  g_return_if_fail (ROUNDS_IS_RECORDS_PAGE (self));

  rounds_focus_debt_set (&self->focus_debt, GTK_WIDGET (self), move_focus (self));
}
