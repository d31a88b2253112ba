/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What the call tests share: the conference server, a window, waiting, pressing buttons.
 * It knows no test; each failure it meets ends the test program with a sentence.
 */

#include "config.h"

#include "call-fixture.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rounds-init.h"
#include "rounds-jitsi-link.h"
#include "rounds-jitsi-token.h"

/* Seconds; sanitizers on two busy cores are slow. */
#define PATIENCE 60

struct _CallServer
{
  GSubprocess *process;
  SoupSession *session;
  char *origin;
};

static char *scratch;

static void
write_file (const char *folder, const char *name, const char *text, int mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (parent, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (chmod (path, mode), ==, 0);
}

/* A default browser of our own: a desktop file whose program writes down how it was started and
 * where it was sent. */
static void
install_browser (void)
{
  g_autofree char *program = g_build_filename (scratch, "browser", NULL);
  g_autofree char *script = NULL;
  g_autofree char *desktop = NULL;

  script = g_strdup_printf ("#!/bin/sh\n"
                            "tr '\\0' ' ' </proc/$$/cmdline >'%1$s/argv'\n"
                            "curl -sS -i \"$1\" | sed -n 's/^Location: \\(.*\\)\\r$/\\1/p'"
                            " | tr -d '\\n' >'%1$s/opened.part'\n"
                            "mv '%1$s/opened.part' '%1$s/opened'\n",
                            scratch);
  desktop
      = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Test Browser\n"
                         "Exec=%s %%u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
                         program);
  write_file (scratch, "browser", script, 0700);
  write_file (scratch, "data/applications/rounds-test-browser.desktop", desktop, 0600);
  write_file (scratch, "config/mimeapps.list",
              "[Default Applications]\n"
              "x-scheme-handler/http=rounds-test-browser.desktop\n"
              "x-scheme-handler/https=rounds-test-browser.desktop\n",
              0600);
}

static void
remove_scratch (void)
{
  const char *arguments[] = { "rm", "-rf", scratch, NULL };

  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

static void
set_folder (const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (scratch, name, NULL);

  g_mkdir_with_parents (path, 0700);
  g_setenv (variable, path, TRUE);
}

void
call_fixture_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  rounds_init ("rounds-call-test");
  /* This process has read it; the engine's own processes warn about missing codecs and must not
   * die of it. */
  g_unsetenv ("G_DEBUG");
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "no-portals", FALSE);
  g_setenv ("ROUNDS_ASSUME_WEBRTC", "1", TRUE);
  g_setenv ("ROUNDS_MOCK_CAPTURE", "1", TRUE);

  scratch = g_dir_make_tmp ("rounds-call-XXXXXX", &error);
  g_assert_no_error (error);
  atexit (remove_scratch);
  set_folder ("XDG_DATA_HOME", "data");
  set_folder ("XDG_CONFIG_HOME", "config");
  set_folder ("XDG_CACHE_HOME", "cache");
  install_browser ();

  g_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static char *
read_line (GSubprocess *process)
{
  GInputStream *pipe = g_subprocess_get_stdout_pipe (process);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (pipe);

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);

  return g_data_input_stream_read_line_utf8 (lines, NULL, NULL, NULL);
}

static CallServer *
start_server (const char *option)
{
  g_autofree char *program
      = g_test_build_filename (G_TEST_DIST, "conference", "conference-server.py", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  CallServer *self;

  if (g_getenv ("ROUNDS_JS_UTILS") == NULL)
    {
      g_test_skip ("ROUNDS_JS_UTILS does not name the package @jitsi/js-utils");
      return NULL;
    }

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error, "python3", program, "--until-eof", option, NULL);
  g_assert_no_error (error);
  line = read_line (process);
  if (line == NULL || !g_str_has_prefix (line, "listening on "))
    g_error ("The conference server did not start");

  self = g_new0 (CallServer, 1);
  self->process = g_steal_pointer (&process);
  self->session = soup_session_new ();
  self->origin = g_strdup (line + strlen ("listening on "));

  return self;
}

CallServer *
call_server_new (void)
{
  return start_server (NULL);
}

CallServer *
call_server_new_unproven (void)
{
  return start_server ("--tls");
}

void
call_server_free (CallServer *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_clear_object (&self->session);
  g_clear_pointer (&self->origin, g_free);
  g_free (self);
}

const char *
call_server_get_origin (CallServer *self)
{
  return self->origin;
}

char *
call_server_link (CallServer *self, const char *room)
{
  g_autoptr (RoundsJitsiConfig) config = rounds_jitsi_config_new ();
  const RoundsJitsiPerson person
      = { .id = "66f1a2b3c4d5e6f708192a3b", .name = "Dr Amara Okafor", .moderator = TRUE };
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  g_set_str (&config->app_id, "rounds");
  g_set_str (&config->secret, "conference-test-secret-of-32-bytes");
  g_set_str (&config->domain, self->origin + strlen ("http://"));
  token = rounds_jitsi_token_mint (config, &person, room, g_get_real_time (), G_MININT64, &error);
  g_assert_no_error (error);

  return rounds_jitsi_link_build (config, room, token);
}

static char *
exchange (CallServer *self, const char *method, const char *path, const char *body)
{
  g_autofree char *uri = g_strconcat (self->origin, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

void
call_server_control (CallServer *self, const char *json)
{
  g_autofree char *answer = exchange (self, "POST", "/control", json);

  g_assert_nonnull (strstr (answer, "listeners"));
}

static JsonObject *
find_report (CallServer *self, const char *kind, guint nth, guint *count)
{
  g_autofree char *text = exchange (self, "GET", "/reports", NULL);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonArray *reports = json_node_get_array (node);
  guint seen = 0;
  JsonObject *found = NULL;

  for (guint i = 0; i < json_array_get_length (reports); i++)
    {
      JsonObject *entry = json_array_get_object_element (reports, i);

      if (!g_str_equal (json_object_get_string_member (entry, "kind"), kind))
        continue;
      if (seen++ == nth)
        found = json_object_ref (entry);
    }
  if (count != NULL)
    *count = seen;

  return found;
}

typedef struct
{
  CallServer *server;
  const char *kind;
  guint nth;
  JsonObject *found;
} WaitReport;

static gboolean
check_report (gpointer data)
{
  WaitReport *wait = data;

  wait->found = find_report (wait->server, wait->kind, wait->nth, NULL);

  return wait->found != NULL;
}

JsonObject *
call_server_wait_report (CallServer *self, const char *kind, guint nth)
{
  WaitReport wait = { self, kind, nth, NULL };
  g_autofree char *what = g_strdup_printf ("report %s %u", kind, nth);

  call_wait (check_report, &wait, what);

  return wait.found;
}

guint
call_server_count_reports (CallServer *self, const char *kind)
{
  guint count = 0;
  JsonObject *found = find_report (self, kind, 0, &count);

  g_clear_pointer (&found, json_object_unref);

  return count;
}

static gboolean
ask_for_report (gpointer data)
{
  WaitReport *wait = data;
  g_autofree char *control = g_strdup_printf ("{\"event\":\"%s\"}", wait->kind);

  call_server_control (wait->server, control);

  return check_report (data);
}

JsonObject *
call_server_ask (CallServer *self, const char *kind)
{
  WaitReport wait = { self, kind, 0, NULL };

  call_wait (ask_for_report, &wait, kind);

  return wait.found;
}

static gboolean
set_flag (gpointer data)
{
  *(gboolean *)data = TRUE;

  return G_SOURCE_CONTINUE;
}

void
call_wait (CallCheck check, gpointer data, const char *what)
{
  gboolean too_late = FALSE;
  gboolean look_again = FALSE;
  guint patience = g_timeout_add_seconds (PATIENCE, set_flag, &too_late);
  /* What is waited for may happen in another process: look now and then. */
  guint beat = g_timeout_add (100, set_flag, &look_again);

  while (!check (data))
    {
      if (too_late)
        g_error ("Waited in vain for %s", what);
      look_again = FALSE;
      while (!look_again && !too_late)
        g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (patience);
  g_source_remove (beat);
}

GtkWidget *
call_find_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = call_find_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static char *
strip_mnemonic (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("", parts);
}

gboolean
call_shows_text (GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (call_shows_text (child, text))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;

  if (GTK_IS_BUTTON (root) && gtk_widget_get_sensitive (root))
    {
      const char *own = gtk_button_get_label (GTK_BUTTON (root));
      g_autofree char *stripped = own != NULL ? strip_mnemonic (own) : NULL;
      const char *tooltip = gtk_widget_get_tooltip_text (root);

      if (g_strcmp0 (stripped, label) == 0 || g_strcmp0 (tooltip, label) == 0
          || (own == NULL && call_shows_text (root, label)))
        return root;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

typedef struct
{
  GtkWidget *root;
  const char *text;
} WaitWidget;

static gboolean
check_button (gpointer data)
{
  WaitWidget *wait = data;

  return find_button (wait->root, wait->text) != NULL;
}

static gboolean
check_text (gpointer data)
{
  WaitWidget *wait = data;

  return call_shows_text (wait->root, wait->text);
}

GtkWidget *
call_wait_button (GtkWidget *root, const char *label)
{
  WaitWidget wait = { root, label };

  call_wait (check_button, &wait, label);

  return find_button (root, label);
}

void
call_press (GtkWidget *root, const char *label)
{
  g_signal_emit_by_name (call_wait_button (root, label), "clicked");
}

void
call_wait_text (GtkWidget *root, const char *text)
{
  WaitWidget wait = { root, text };

  call_wait (check_text, &wait, text);
}

static gboolean
check_file (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

char *
call_wait_browser (char **argv)
{
  g_autofree char *opened = g_build_filename (scratch, "opened", NULL);
  g_autofree char *started = g_build_filename (scratch, "argv", NULL);
  char *text = NULL;

  call_wait (check_file, opened, "the browser");
  g_file_get_contents (opened, &text, NULL, NULL);
  g_file_get_contents (started, argv, NULL, NULL);
  remove (opened);

  return text;
}

/* The web process is a grandchild at least: the sandbox stands between. */
static gboolean
is_descendant (GPid pid, GPid ancestor)
{
  while (pid > 1 && pid != ancestor)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
      g_autofree char *stat_line = NULL;
      const char *end;

      if (!g_file_get_contents (path, &stat_line, NULL, NULL))
        return FALSE;
      end = strrchr (stat_line, ')');
      if (end == NULL || strlen (end) < 5)
        return FALSE;
      pid = atoi (end + 4);
    }

  return pid == ancestor;
}

guint
call_kill_web_processes (void)
{
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  const char *name;
  guint killed = 0;

  while ((name = g_dir_read_name (processes)) != NULL)
    {
      GPid pid = atoi (name);
      g_autofree char *path = g_strdup_printf ("/proc/%s/comm", name);
      g_autofree char *comm = NULL;

      if (pid <= 1 || !g_file_get_contents (path, &comm, NULL, NULL))
        continue;
      if (g_str_has_prefix (comm, "WebKitWebProces") && is_descendant (pid, getpid ()))
        killed += kill (pid, SIGKILL) == 0;
    }

  return killed;
}
