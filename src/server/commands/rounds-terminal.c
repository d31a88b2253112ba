/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Passwords from a person at a terminal, or from a program on standard input.
 * Never from the command line, which every process of the machine can read.
 */

#include "config.h"

#include "rounds-terminal.h"

#include "rounds-passwords.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

void
rounds_password_free (char *password)
{
  if (password == NULL)
    return;
  sodium_memzero (password, strlen (password));
  g_free (password);
}

static char *
read_line (GError **error)
{
  char buffer[ROUNDS_PASSWORD_MAX_BYTES + 3];
  char *line = fgets (buffer, sizeof buffer, stdin);
  if (line == NULL)
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                           "No password was given on standard input");
      return NULL;
    }
  line[strcspn (line, "\r\n")] = '\0';
  char *password = g_strdup (line);
  sodium_memzero (buffer, sizeof buffer);
  return password;
}

static char *
ask (const char *question, GError **error)
{
  struct termios shown;
  gboolean hidden = tcgetattr (STDIN_FILENO, &shown) == 0;
  struct termios quiet = shown;

  g_printerr ("%s: ", question);
  quiet.c_lflag &= ~(tcflag_t)ECHO;
  if (hidden)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  char *answer = read_line (error);
  if (hidden)
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  g_printerr ("\n");
  return answer;
}

char *
rounds_terminal_read_password (GError **error)
{
  gboolean person = isatty (STDIN_FILENO);
  g_autoptr (RoundsPassword) first = person ? ask ("Password", error) : read_line (error);
  if (first == NULL || !rounds_password_check_strength (first, error))
    return NULL;
  if (!person)
    return g_steal_pointer (&first);

  g_autoptr (RoundsPassword) second = ask ("The same again", error);
  if (second == NULL)
    return NULL;
  if (!g_str_equal (first, second))
    {
      g_set_error_literal (error, ROUNDS_SERVER_ERROR, ROUNDS_SERVER_ERROR_INPUT,
                           "The two passwords differ");
      return NULL;
    }
  return g_steal_pointer (&first);
}
