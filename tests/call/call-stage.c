/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A call page in a window of its own, with what it said counted: one per test.
 * The conference behind it is in call-fixture.h.
 */

#include "config.h"

#include "call-stage.h"

#include "rounds-wipe.h"

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
left_cb (CallStage *self, gint64 seconds)
{
  self->seconds = seconds;
  self->n_left++;
}

static void
participant_joined_cb (CallStage *self, const char *id, const char *name)
{
  g_set_str (&self->last_id, id);
  g_set_str (&self->last_name, name);
  self->n_people_joined++;
}

static void
participant_left_cb (CallStage *self, const char *id)
{
  g_set_str (&self->last_id, id);
  self->n_people_left++;
}

DexFuture *
call_stage_link (const char *link)
{
  return dex_future_new_take_boxed (ROUNDS_TYPE_SECRET_TEXT, g_strdup (link));
}

static void
link_needed_cb (CallStage *self)
{
  self->n_link_needed++;
  if (self->link != NULL)
    rounds_call_page_set_link_future (self->page, call_stage_link (self->link));
}

static void
connect_page (CallStage *self)
{
  const struct
  {
    const char *signal;
    GCallback callback;
    gpointer data;
  } connections[] = {
    { "joined", G_CALLBACK (count_cb), &self->n_joined },
    { "closed", G_CALLBACK (count_cb), &self->n_closed },
    { "opened-in-browser", G_CALLBACK (count_cb), &self->n_in_browser },
    { "left", G_CALLBACK (left_cb), self },
    { "participant-joined", G_CALLBACK (participant_joined_cb), self },
    { "participant-left", G_CALLBACK (participant_left_cb), self },
    { "link-needed", G_CALLBACK (link_needed_cb), self },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_swapped (self->page, connections[i].signal, connections[i].callback,
                              connections[i].data);
}

typedef enum
{
  CALL_STAGE_PLAIN,
  CALL_STAGE_AUDIO,
  CALL_STAGE_CHECKED,
} CallStageKind;

static CallStage *
build_stage (CallServer *server, const char *link, DexFuture *link_future, CallStageKind kind)
{
  const RoundsCallSubject subject = {
    .title = "Maria Lopez",
    .subtitle = "Follow-up after surgery",
    .display_name = "Dr Amara Okafor",
    .audio_only = kind == CALL_STAGE_AUDIO,
    .checks_devices = kind == CALL_STAGE_CHECKED,
  };
  CallStage *self = g_new0 (CallStage, 1);
  GtkWidget *view = adw_navigation_view_new ();

  self->server = server;
  self->link = g_strdup (link);
  self->page = g_object_ref_sink (rounds_call_page_new (&subject, link_future));
  connect_page (self);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 600);
  adw_window_set_content (ADW_WINDOW (self->window), view);
  gtk_window_present (GTK_WINDOW (self->window));

  return self;
}

static CallStage *
new_with_server (const char *room, CallStageKind kind)
{
  CallServer *server = NULL;
  g_autofree char *link = NULL;

#ifndef ROUNDS_DEVELOPMENT
  g_test_skip ("Only builds with -Dprofile=development can be told to assume WebRTC");
  return NULL;
#endif
  server = call_server_new ();
  if (server == NULL)
    return NULL;

  link = call_server_link (server, room);

  return build_stage (server, link, call_stage_link (link), kind);
}

CallStage *
call_stage_new (const char *room)
{
  return new_with_server (room, CALL_STAGE_PLAIN);
}

CallStage *
call_stage_new_audio (const char *room)
{
  return new_with_server (room, CALL_STAGE_AUDIO);
}

CallStage *
call_stage_new_checked (const char *room)
{
  return new_with_server (room, CALL_STAGE_CHECKED);
}

CallStage *
call_stage_new_for_link (DexFuture *link_future)
{
  return build_stage (NULL, NULL, link_future, CALL_STAGE_PLAIN);
}

/* The page has to go with the window: nothing may keep a camera open. */
void
call_stage_free (CallStage *self)
{
  gpointer gone = self->page;

  g_signal_handlers_disconnect_matched (self->page, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, count_cb,
                                        NULL);
  g_signal_handlers_disconnect_by_data (self->page, self);
  g_object_add_weak_pointer (G_OBJECT (self->page), &gone);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->page);
  while (gone != NULL && g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (gone);

  g_clear_pointer (&self->server, call_server_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->last_id, g_free);
  g_clear_pointer (&self->last_name, g_free);
  g_free (self);
}

typedef struct
{
  guint *counter;
  guint at_least;
} WaitCount;

static gboolean
check_count (gpointer data)
{
  WaitCount *wait = data;

  return *wait->counter >= wait->at_least;
}

void
call_stage_wait_count (guint *counter, guint at_least)
{
  WaitCount wait = { counter, at_least };

  call_wait (check_count, &wait, "a signal of the page");
  g_assert_cmpuint (*counter, ==, at_least);
}

void
call_stage_join (CallStage *self)
{
  call_press (self->window, "Allow");
  call_stage_wait_count (&self->n_joined, 1);
}

void
call_stage_assert_label (CallStage *self, const char *tooltip, const char *label)
{
  GtkWidget *button = call_wait_button (self->window, tooltip);

  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}
