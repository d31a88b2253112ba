/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsRecordsPage, for the two files that make up the object.
 * Nobody else includes this.
 */

#pragma once

#include "rounds-records-page.h"

#include "rounds-day-list.h"
#include "rounds-details-page.h"
#include "rounds-focus.h"
#include "rounds-sync-banner.h"

G_BEGIN_DECLS

struct _RoundsRecordsPage
{
  AdwBin parent_instance;

  AdwNavigationSplitView *split;
  AdwNavigationPage *list_page;
  GtkButton *new_button;
  RoundsSyncBanner *banner;
  GtkToggleButton *search_button;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkButton *empty_button;
  RoundsDayList *list;
  RoundsDetailsPage *details;

  RoundsSync *sync;
  RoundsClock *clock;
  RoundsEntryKind kind;
  RoundsEntryList *entries;
  guint said_source; /* says the number of results when typing pauses */
  gboolean is_narrow; /* too little room for two panes */
  gboolean is_scrolled; /* to today: at first, and whenever what is searched for has changed */
  RoundsFocusDebt focus_debt; /* until there is a list */
};

/* rounds-records-page-kind.c */
void rounds_records_page_name_kind (RoundsRecordsPage *self);

G_END_DECLS
