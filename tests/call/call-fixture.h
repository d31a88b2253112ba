/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the call tests share: the conference server, a window, waiting, pressing buttons.
 * It knows no test; each failure it meets ends the test program with a sentence.
 */

#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Sets up GTK, the mock devices and a browser that only writes down what it is to open. Call first
 * in main(). */
void call_fixture_init (int *argc, char ***argv);

typedef struct _CallServer CallServer;

/* NULL, and the test skipped, where the js-utils package is not to be had. */
CallServer *call_server_new (void);
/* On https, with a certificate that nobody vouches for: only good to be refused. */
CallServer *call_server_new_unproven (void);
void call_server_free (CallServer *self);
const char *call_server_get_origin (CallServer *self);
/* A personal link, as the API answers it, signed for Dr Amara Okafor. */
char *call_server_link (CallServer *self, const char *room);
/* Tells every open page: {"event": …}. */
void call_server_control (CallServer *self, const char *json);
/* Waits for the @nth (from 0) report of @kind. (transfer full) */
JsonObject *call_server_wait_report (CallServer *self, const char *kind, guint nth);
/* Has the page report @kind, asking until it does: a page that tries to navigate hears nothing for
 * a moment. (transfer full) */
JsonObject *call_server_ask (CallServer *self, const char *kind);
guint call_server_count_reports (CallServer *self, const char *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CallServer, call_server_free)

/* Runs the main loop until @check says so; aborts with @what after a while. */
typedef gboolean (*CallCheck) (gpointer data);
void call_wait (CallCheck check, gpointer data, const char *what);

/* Waits for a visible, sensitive button with that label (mnemonics left out) or tooltip. */
GtkWidget *call_wait_button (GtkWidget *root, const char *label);
/* … and presses it. */
void call_press (GtkWidget *root, const char *label);
/* Waits for a visible label that says @text. */
void call_wait_text (GtkWidget *root, const char *text);
gboolean call_shows_text (GtkWidget *root, const char *text);
GtkWidget *call_find_type (GtkWidget *root, GType type);

/* Where the browser was sent; waits for it. @argv: (out): how it was started. (transfer full) */
char *call_wait_browser (char **argv);
/* Ends every web process of this program by SIGKILL. Returns: how many. */
guint call_kill_web_processes (void);

G_END_DECLS
