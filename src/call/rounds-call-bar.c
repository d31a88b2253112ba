/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The bar below a call: devices, screen, hand, tiles, chat, hang up, with their state in the
 * accessible name. Its buttons activate the page's actions; it does nothing itself.
 */

#include "config.h"

#include "rounds-call-bar.h"

#include <glib/gi18n.h>

#include "rounds-call-resources.h"

struct _RoundsCallBar
{
  AdwBin parent_instance;

  GtkBox *buttons;
  GtkButton *microphone;
  GtkButton *camera;
  GtkButton *share;
  GtkButton *hand;
  GtkButton *tiles;
  GtkButton *chat;
  GtkLabel *unread_label;
  GtkButton *hang_up;
  GtkImage *hang_up_image;
  GtkLabel *hang_up_label;

  gboolean narrow;
  gboolean in_call;
  gboolean toggles[ROUNDS_CALL_N_TOGGLES];
  guint n_unread;
};

G_DEFINE_FINAL_TYPE (RoundsCallBar, rounds_call_bar, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  const char *icon_name;
  const char *state; /* said when it comes about, and the first half of the accessible name */
  const char *label; /* the accessible name: the state, then what a press does */
  const char *tooltip;
} Face;

static const Face microphone_faces[] = {
  [ROUNDS_CALL_SWITCH_ON] = { "audio-input-microphone-symbolic", N_ ("Microphone is on"),
                              N_ ("Microphone is on; mute"), N_ ("Mute") },
  [ROUNDS_CALL_SWITCH_OFF] = { "microphone-disabled-symbolic", N_ ("Microphone is off"),
                               N_ ("Microphone is off; unmute"), N_ ("Unmute") },
  [ROUNDS_CALL_SWITCH_DENIED]
  = { "microphone-disabled-symbolic", N_ ("Microphone is not allowed"),
      N_ ("Microphone is not allowed; allow it"), N_ ("Allow Microphone…") },
};

static const Face camera_faces[] = {
  [ROUNDS_CALL_SWITCH_ON] = { "rounds-camera-symbolic", N_ ("Camera is on"),
                              N_ ("Camera is on; turn off"), N_ ("Turn Camera Off") },
  [ROUNDS_CALL_SWITCH_OFF] = { "rounds-camera-off-symbolic", N_ ("Camera is off"),
                               N_ ("Camera is off; turn on"), N_ ("Turn Camera On") },
  [ROUNDS_CALL_SWITCH_DENIED] = { "rounds-camera-off-symbolic", N_ ("Camera is not allowed"),
                                  N_ ("Camera is not allowed; allow it"), N_ ("Allow Camera…") },
};

/* Off, then on. */
static const Face toggle_faces[][2] = {
  [ROUNDS_CALL_TOGGLE_SHARE]
  = { { "screen-shared-symbolic", N_ ("Your screen is not shared"),
        N_ ("Your screen is not shared; share it"), N_ ("Share Screen…") },
      { "screen-shared-symbolic", N_ ("Your screen is shared"), N_ ("Your screen is shared; stop"),
        N_ ("Stop Sharing") } },
  [ROUNDS_CALL_TOGGLE_HAND] = { { "rounds-hand-symbolic", N_ ("Your hand is down"),
                                  N_ ("Your hand is down; raise it"), N_ ("Raise Hand") },
                                { "rounds-hand-symbolic", N_ ("Your hand is raised"),
                                  N_ ("Your hand is raised; lower it"), N_ ("Lower Hand") } },
  [ROUNDS_CALL_TOGGLE_TILES]
  = { { "view-grid-symbolic", N_ ("The speaker is shown large"),
        N_ ("The speaker is shown large; show everyone alike"), N_ ("Show Everyone") },
      { "view-grid-symbolic", N_ ("Everyone is shown alike"),
        N_ ("Everyone is shown alike; show the speaker large"), N_ ("Show the Speaker") } },
  [ROUNDS_CALL_TOGGLE_CHAT] = { { "rounds-chat-symbolic", N_ ("Chat is closed"),
                                  N_ ("Chat is closed; open it"), N_ ("Open Chat") },
                                { "rounds-chat-symbolic", N_ ("Chat is open"),
                                  N_ ("Chat is open; close it"), N_ ("Close Chat") } },
};

static void
set_css_class (gpointer widget, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
set_name (gpointer button, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Who flips a switch by its shortcut, or is muted by a moderator, is elsewhere with the focus. */
static void
show_face (RoundsCallBar *self, GtkButton *button, const Face *face)
{
  const char *tooltip = _ (face->tooltip);
  gboolean is_news = g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (button)), tooltip) != 0;

  gtk_widget_set_tooltip_text (GTK_WIDGET (button), tooltip);
  set_name (button, _ (face->label));
  if (is_news && self->in_call)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _ (face->state),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_device (RoundsCallBar *self, GtkButton *button, const Face *face, RoundsCallSwitch state)
{
  show_face (self, button, face);
  gtk_button_set_icon_name (button, face->icon_name);
  /* Colour comes on top of the icon's own shape, never alone. */
  set_css_class (button, "warning", state != ROUNDS_CALL_SWITCH_ON);
}

static GtkButton *
find_button (RoundsCallBar *self, RoundsCallToggle toggle)
{
  GtkButton *const buttons[] = {
    [ROUNDS_CALL_TOGGLE_SHARE] = self->share,
    [ROUNDS_CALL_TOGGLE_HAND] = self->hand,
    [ROUNDS_CALL_TOGGLE_TILES] = self->tiles,
    [ROUNDS_CALL_TOGGLE_CHAT] = self->chat,
  };

  return buttons[toggle];
}

static void
show_toggle (RoundsCallBar *self, RoundsCallToggle toggle)
{
  GtkButton *button = find_button (self, toggle);
  gboolean on = self->toggles[toggle];

  show_face (self, button, &toggle_faces[toggle][on]);
  set_css_class (button, "suggested-action", on);
}

static void
show_unread (RoundsCallBar *self)
{
  gboolean shows = self->n_unread > 0 && !self->toggles[ROUNDS_CALL_TOGGLE_CHAT];
  g_autofree char *count = g_strdup_printf ("%u", MIN (self->n_unread, 99));
  g_autofree char *name
      = g_strdup_printf (ngettext ("Chat has %u new message; open it",
                                   "Chat has %u new messages; open it", self->n_unread),
                         self->n_unread);

  gtk_label_set_label (self->unread_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->unread_label), shows);
  if (shows)
    set_name (self->chat, name);
  else
    set_name (
        self->chat,
        _ (toggle_faces[ROUNDS_CALL_TOGGLE_CHAT][self->toggles[ROUNDS_CALL_TOGGLE_CHAT]].label));
}

/* In the lobby there is nothing to hang up. */
static void
show_way_out (RoundsCallBar *self)
{
  gtk_image_set_from_icon_name (self->hang_up_image,
                                self->in_call ? "call-stop-symbolic" : "application-exit-symbolic");
  gtk_label_set_label (self->hang_up_label, self->in_call ? _ ("_Hang Up") : _ ("_Leave"));
  gtk_widget_set_visible (GTK_WIDGET (self->hang_up_label), !self->narrow);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->hang_up),
                               self->in_call ? _ ("Hang Up") : _ ("Leave"));
  set_name (self->hang_up, self->in_call ? _ ("Hang Up") : _ ("Leave"));
  set_css_class (self->hang_up, "opaque", self->in_call);
  set_css_class (self->hang_up, "hang-up", self->in_call);
}

static void
set_narrow (RoundsCallBar *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  gtk_box_set_spacing (self->buttons, narrow ? 3 : 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self->hang_up), narrow ? 3 : 12);
  show_way_out (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
rounds_call_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, ROUNDS_CALL_BAR (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rounds_call_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    set_narrow (ROUNDS_CALL_BAR (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rounds_call_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CALL_BAR);

  G_OBJECT_CLASS (rounds_call_bar_parent_class)->dispose (object);
}

static void
rounds_call_bar_class_init (RoundsCallBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_call_bar_dispose;
  object_class->get_property = rounds_call_bar_get_property;
  object_class->set_property = rounds_call_bar_set_property;

  properties[PROP_NARROW]
      = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The reference keeps the resources linked into programs that use the static library. */
  rounds_call_get_resource ();
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/call/rounds-call-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, buttons);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, microphone);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, camera);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, share);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, hand);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, tiles);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, chat);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, unread_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, hang_up);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, hang_up_image);
  gtk_widget_class_bind_template_child (widget_class, RoundsCallBar, hang_up_label);
}

static void
rounds_call_bar_init (RoundsCallBar *self)
{
  /* The room's own icons, whatever program and theme it is shown in. */
  gtk_icon_theme_add_resource_path (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))),
      "/io/github/rounds_app/Rounds/icons");
  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_call_bar_set_microphone (self, ROUNDS_CALL_SWITCH_ON);
  rounds_call_bar_set_camera (self, ROUNDS_CALL_SWITCH_ON);
  for (guint i = 0; i < ROUNDS_CALL_N_TOGGLES; i++)
    show_toggle (self, i);
  show_unread (self);
  show_way_out (self);
}

/* FALSE in the lobby, where the way out is no hanging up. */
void
rounds_call_bar_set_in_call (RoundsCallBar *self, gboolean in_call)
{
  g_return_if_fail (ROUNDS_IS_CALL_BAR (self));

  self->in_call = in_call;
  show_way_out (self);
}

void
rounds_call_bar_set_microphone (RoundsCallBar *self, RoundsCallSwitch state)
{
  g_return_if_fail (ROUNDS_IS_CALL_BAR (self));
  g_return_if_fail (state < G_N_ELEMENTS (microphone_faces));

  show_device (self, self->microphone, &microphone_faces[state], state);
}

void
rounds_call_bar_set_camera (RoundsCallBar *self, RoundsCallSwitch state)
{
  g_return_if_fail (ROUNDS_IS_CALL_BAR (self));
  g_return_if_fail (state < G_N_ELEMENTS (camera_faces));

  show_device (self, self->camera, &camera_faces[state], state);
}

void
rounds_call_bar_set_toggle (RoundsCallBar *self, RoundsCallToggle toggle, gboolean on)
{
  g_return_if_fail (ROUNDS_IS_CALL_BAR (self));
  g_return_if_fail (toggle < ROUNDS_CALL_N_TOGGLES);

  self->toggles[toggle] = !!on;
  show_toggle (self, toggle);
  if (toggle == ROUNDS_CALL_TOGGLE_CHAT)
    show_unread (self);
}

/* @n_unread: messages that came while the chat was closed */
void
rounds_call_bar_set_unread (RoundsCallBar *self, guint n_unread)
{
  g_return_if_fail (ROUNDS_IS_CALL_BAR (self));

  self->n_unread = n_unread;
  show_unread (self);
}
