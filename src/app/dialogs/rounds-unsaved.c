/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The question that stands between losing a form that could not be kept as a draft and staying.
 * It saves nothing; the form stays open when the person wants to go on.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-unsaved.h"

static void
discard_cb (AdwDialog *dialog)
{
  adw_dialog_force_close (dialog);
}

/**
 * rounds_unsaved_ask:
 * @dialog: a form whose "can-close" is %FALSE since something was filled in
 */
void
rounds_unsaved_ask (AdwDialog *dialog)
{
  AdwAlertDialog *alert = NULL;

  g_return_if_fail (ADW_IS_DIALOG (dialog));

  alert = ADW_ALERT_DIALOG (
      adw_alert_dialog_new (_ ("Close and Lose What You Filled In?"),
                            _ ("It could not be kept as a draft on this computer.")));
  adw_alert_dialog_add_responses (alert, "keep", _ ("_Keep Editing"), "discard", _ ("_Discard"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (alert, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "keep");
  adw_alert_dialog_set_close_response (alert, "keep");
  g_signal_connect_object (alert, "response::discard", G_CALLBACK (discard_cb), dialog,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (alert), GTK_WIDGET (dialog));
}
