/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The fields of a RoundsDayList, for the two files that make up the object.
 * Nobody else includes this.
 */

#pragma once

#include "rounds-day-list.h"

#include "rounds-day-scroll.h"
#include "rounds-day-sections.h"
#include "rounds-entry-seeker.h"
#include "rounds-focus.h"
#include "rounds-sticky-day.h"

G_BEGIN_DECLS

struct _RoundsDayList
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkListView *list_view;
  RoundsStickyDay *sticky_day;

  RoundsSync *sync;
  RoundsClock *clock;
  RoundsDaySections *days;
  GtkSingleSelection *selection;
  RoundsDayScroll *scroll;
  RoundsEntrySeeker *seeker;
  RoundsEntry *chosen; /* what was shown to the page last; or NULL */
  gboolean is_choice_on_its_way; /* a row was chosen whose record is not read yet */
  RoundsFocusDebt focus_debt; /* until the list stands at today */
};

/* The day of @entry in words. (transfer full) */
char *rounds_day_list_dup_day (RoundsDayList *self, RoundsEntry *entry);
/* The selected row was read. */
void rounds_day_list_take_choice (RoundsDayList *self);

/* rounds-day-list-rows.c */
void rounds_day_list_make_factories (RoundsDayList *self);

G_END_DECLS
