/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What a page of records is called and offers, for appointments and for meetings.
 * What it does is the same for both.
 */

#include "config.h"

#include "rounds-records-page-private.h"

#include <glib/gi18n.h>

/* The same in the header and, large, where there is nothing yet. */
static void
name_new_buttons (RoundsRecordsPage *self)
{
  gboolean is_appointment = self->kind == ROUNDS_ENTRY_APPOINTMENT;
  const char *words = is_appointment ? _ ("New Appointment") : _ ("New Meeting");
  const char *action = is_appointment ? "win.new-appointment" : "win.new-meeting";

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->new_button), action);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), action);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->new_button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_button_set_label (self->empty_button,
                        is_appointment ? _ ("New _Appointment…") : _ ("New _Meeting…"));
}

void
rounds_records_page_name_kind (RoundsRecordsPage *self)
{
  gboolean is_appointment = self->kind == ROUNDS_ENTRY_APPOINTMENT;
  const char *title = is_appointment ? _ ("Appointments") : _ ("Meetings");

  adw_navigation_page_set_title (self->list_page, title);
  name_new_buttons (self);
  rounds_day_list_set_name (self->list, title);
  adw_status_page_set_title (self->empty_page,
                             is_appointment ? _ ("No Appointments") : _ ("No Meetings"));
  adw_status_page_set_description (self->empty_page, is_appointment
                                                         ? _ ("Your appointments will appear here.")
                                                         : _ ("Your meetings will appear here."));
  adw_status_page_set_icon_name (self->empty_page, is_appointment ? "x-office-calendar-symbolic"
                                                                  : "system-users-symbolic");
}
