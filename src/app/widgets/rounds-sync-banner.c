/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The banner over a list while it is not current: what is wrong, since when, what to do.
 * The engine itself tries again; this only says so.
 */

#include "config.h"

#include "rounds-sync-banner.h"

#include <glib/gi18n.h>

#include "rounds-sync-words.h"

struct _RoundsSyncBanner
{
  AdwBin parent_instance;

  AdwBanner *banner;

  RoundsSync *sync;
  RoundsClock *clock;
  char *server; /* base URL, for its host */
};

G_DEFINE_FINAL_TYPE (RoundsSyncBanner, rounds_sync_banner, ADW_TYPE_BIN)

static void
show_state (RoundsSyncBanner *self)
{
  RoundsSyncState state = rounds_sync_get_state (self->sync);
  g_autofree char *words
      = rounds_sync_words_banner (self->sync, self->server, rounds_clock_now (self->clock));

  adw_banner_set_revealed (self->banner, words != NULL);
  /* The words stay while the banner slides away. */
  if (words == NULL)
    return;

  adw_banner_set_title (self->banner, words);
  adw_banner_set_button_label (self->banner,
                               state == ROUNDS_SYNC_SIGNED_OUT ? _ ("_Sign In…") : _ ("_Try Now"));
}

static void
on_clicked_cb (RoundsSyncBanner *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self),
                              rounds_sync_get_state (self->sync) == ROUNDS_SYNC_SIGNED_OUT
                                  ? "win.sign-in-again"
                                  : "win.sync",
                              NULL);
}

static void
rounds_sync_banner_dispose (GObject *object)
{
  RoundsSyncBanner *self = ROUNDS_SYNC_BANNER (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->server, g_free);
  /* Disposing of the template would take this child away behind the parent class's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_SYNC_BANNER);

  G_OBJECT_CLASS (rounds_sync_banner_parent_class)->dispose (object);
}

static void
rounds_sync_banner_class_init (RoundsSyncBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_sync_banner_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/widgets/rounds-sync-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncBanner, banner);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked_cb);
}

static void
rounds_sync_banner_init (RoundsSyncBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_sync_banner_set_sync:
 * @sync: (transfer none): the account's engine
 * @clock: (transfer none): what "now" is
 * @server: (nullable): the base URL, for its host
 *
 * Follows the state of @sync. To be called once.
 */
void
rounds_sync_banner_set_sync (RoundsSyncBanner *self, RoundsSync *sync, RoundsClock *clock,
                             const char *server)
{
  g_return_if_fail (ROUNDS_IS_SYNC_BANNER (self));
  g_return_if_fail (ROUNDS_IS_SYNC (sync));
  g_return_if_fail (self->sync == NULL);

  self->sync = g_object_ref (sync);
  self->clock = g_object_ref (clock);
  self->server = g_strdup (server);
  g_signal_connect_object (sync, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}
