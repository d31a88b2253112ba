/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Where the program rounds begins: futures and locale first, then the application.
 * Nothing is decided here.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "rounds-application.h"
#include "rounds-development.h"
#include "rounds-init.h"

int
main (int argc, char *argv[])
{
  g_autoptr (RoundsApplication) application = NULL;

  rounds_init ("rounds");
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, rounds_development_get_locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = rounds_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
