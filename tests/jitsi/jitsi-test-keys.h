/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Keys made for these tests alone: they open nothing, anywhere, and are as public as this file.
 * Never use them for a server.
 */

#pragma once

#define TEST_SECRET "0123456789abcdef0123456789abcdef-only-for-tests"

#define TEST_PRIVATE_KEY                                                                           \
  "-----BEGIN PRIVATE KEY-----\n"                                                                  \
  "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCrjl1OiKPgAVQk\n"                             \
  "xGl7dxliyRYtM2ceaVrYKVFH4CHRHEFXbOOGLcK4ll+tk366Qipb2I9G3MvYmgsX\n"                             \
  "csU68302D71jLw6//PqmnIRO/D7lBGjtTzLnd5KYQ+UjwU9SExu6R/lyQijV1jD+\n"                             \
  "i3OA5ePBR7+N+Gkcm9H6jGLjhkQm0TU0gstWlX+qJ2eB2qR2FhazYqjATHHdqhYF\n"                             \
  "jPzBQjP8SQw0IsRCdBdZTo35T4DsrkXQ39yWbx6EMJK79ZTFPLotUtDZaHTQGvcN\n"                             \
  "58N14muTdUTOsSeUSOeJKcbT8EImb75YZ7Y6PAlvCIQT5Brh8/yv4T8jDeVlUfrP\n"                             \
  "+KtAciq7AgMBAAECggEAFruHIVcZgUnRHgwevsWsifquYxqaxpyxn89zHfc/qTy5\n"                             \
  "ayhvymxkOd8chNzKCqFQ3pnG0TOEbsppai0toF76ZQBXQ/4iJ2OSIni+pCloUM2G\n"                             \
  "9THXmMoElVj4fdvpiFfQMUdvRj9+YhN/Vi4hWzUF5dXS4Vuc22B0cGL2NEMAOIpW\n"                             \
  "3MTcDHwBs3Ouue6pskgS1g1/VLaAMT5DZAm3I5b67AutP1OZHNZZmugITOvveeyq\n"                             \
  "PKbQaWIIH1lvWKEq3+rj2aOv+JnSp/+3Y5z2pkhoL1XgGcStX1E4sJYdJ0DVG3JL\n"                             \
  "Qcw6WoRTogBCxDev9ijgcf7FkpFwqhxwuoOMsdNNwQKBgQDmYuQ4np3+R7b3Lc7b\n"                             \
  "HvJxIeBkGaV7bO14V4/S3vb+NoaAd61I6ZlZnIyic47+Fh8FIQP6++FDUTEJYnB/\n"                             \
  "G51jK9h/MNCHS3J/DEDCe5EXkzvlmxnzpEftQ/J3bR6wl0wkzxdtx6s7JFV/Uqux\n"                             \
  "C16+KF+XenSJBJB9gBIGy5c7+wKBgQC+oRXsiSSO+b0GVBfxWE43PWA/fGivsEtv\n"                             \
  "+7tIZT7bp5XY3iIhxbdjRg53PoEYVvr7zhQG5gqhbw9RFRMECBv+VQ8vMbD7c8Z7\n"                             \
  "TGLEXyYS2ugrS3IVsnvB1q+HLL7bxiKK1qMmE+ODr4j+Te88jF/hHofN33gEqrIb\n"                             \
  "MVzF6fDQQQKBgBK613MC8jVJ/0X5I2gNDAjGiEebDikKogO2mqq6Fbp1FFo9YIkc\n"                             \
  "9KqkX4qVenqNsdfo5znwYE/ouePZbOvogtMdLWypu0pEh/psNJebFCCmh6gTA/ka\n"                             \
  "0f4oF/49kNEqe7ZCX9U89l7IhWrkfbDXC8zJ23ulKPQ6usR5NP34b0MhAoGBAL0m\n"                             \
  "z79N8aWg7swJw1wp+Cpdz1QPWT0DHEd4rEPQmoeQCWMQPyPtsONjj1UJA0WogRA8\n"                             \
  "UqjpuCCpN7SHyb+VYFmEAzYcA3XuUkLj75jUpM3OwtK64O/gk2YqZS8m2hbuyjWj\n"                             \
  "dm2BDJ8NHUzg/gLBcx3Iko5YMBnJWkMbPufvEpFBAoGAe3hIx5zrbealu9+4H0Sk\n"                             \
  "JqR3rMudkVJAd/mqy5+lYvAtfAt3WbsMgsGfxdC3kjeA+Iy2KXYenJrjcBvMThFd\n"                             \
  "fJq5yzwqSpX+n884zOmGT1YYcjNRzAJ6NF3M3XyAoHQSn4QzsjKcc9NKdJychGvI\n"                             \
  "Igh5NYF2T4hc7kGcelCbVsQ=\n"                                                                     \
  "-----END PRIVATE KEY-----\n"

#define TEST_PUBLIC_KEY                                                                            \
  "-----BEGIN PUBLIC KEY-----\n"                                                                   \
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq45dToij4AFUJMRpe3cZ\n"                             \
  "YskWLTNnHmla2ClRR+Ah0RxBV2zjhi3CuJZfrZN+ukIqW9iPRtzL2JoLF3LFOvN9\n"                             \
  "Ng+9Yy8Ov/z6ppyETvw+5QRo7U8y53eSmEPlI8FPUhMbukf5ckIo1dYw/otzgOXj\n"                             \
  "wUe/jfhpHJvR+oxi44ZEJtE1NILLVpV/qidngdqkdhYWs2KowExx3aoWBYz8wUIz\n"                             \
  "/EkMNCLEQnQXWU6N+U+A7K5F0N/clm8ehDCSu/WUxTy6LVLQ2Wh00Br3DefDdeJr\n"                             \
  "k3VEzrEnlEjniSnG0/BCJm++WGe2OjwJbwiEE+Qa4fP8r+E/Iw3lZVH6z/irQHIq\n"                             \
  "uwIDAQAB\n"                                                                                     \
  "-----END PUBLIC KEY-----\n"

/* The public half of another pair. */
#define TEST_OTHER_PUBLIC_KEY                                                                      \
  "-----BEGIN PUBLIC KEY-----\n"                                                                   \
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnEUhBEK9VjB8aJmtXvkf\n"                             \
  "Kyf5Q3lgxjsEVumwXJq3dkXQHvEbnLj23/vX9Kl4qMo5wF6HGOlvYSe2sZIR69ts\n"                             \
  "Q8NEMzHKcx86MQJApDdV+UQWjSi16X+vZ0vAZrH/ySXuIaJ+WieT6V6tfuUu3GA4\n"                             \
  "rT5Iq1RbEATXFIxGiqgJbwxNrVcfX7mLEm5gNIiaRQNBq3jA84KK/x7H4bjjuc+8\n"                             \
  "jp6HrcXRMDc1J8qrW3AXUOwHmFuqfB4X0qhKso050r1sE8/1oG6XMnBfjWvLyHE0\n"                             \
  "F8x82NS2nhdeReGLxCbM6U/kSN8kwiMDLS+vzAt+HlPVSAOmUzLnlh7SrBtNCC9d\n"                             \
  "DQIDAQAB\n"                                                                                     \
  "-----END PUBLIC KEY-----\n"

/* The first pair's private key behind a passphrase. */
#define TEST_ENCRYPTED_KEY                                                                         \
  "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"                                                        \
  "MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIMDZREUk8p0gCAggA\n"                             \
  "MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBCYZZ1rcR0JTGLxOnR3lP8wBIIE\n"                             \
  "0OAgSD9Z9lwUtbGeZexIp/Z1by3NLX2NOf5JQY0EMjjpY50enJdU96wVAA11RRTY\n"                             \
  "cMcekSADqlbw4pa/QxdQFOCnwPRHcvOU+lEQCX+pY0BVsQIobzvz1IYDe6mQPX4L\n"                             \
  "NmRjb8kFziwvu+Dv+Xh3MeJ9YiQzbxU7hXzLgvhD9jK6AdRF6kIzeJpTcd5IACgV\n"                             \
  "pTcJtqpP4uqLClTxvaCjVpbW94RknBnP92Rdzasb4niZqesKwFI6Z+4NrhGbd23B\n"                             \
  "Pb8dVtaV17tzAgA8EEYJKXyu5OCP1U26Vrr7o3DDKdpoNXGMBSuFhBACvS30Q+Ev\n"                             \
  "Sf8r81XO7WlHAuqUJ/AX9DuvHwOPi6Rmes3oltDV/ZDG322k6c5oT9H9FZZm0yUC\n"                             \
  "ILXg6GEbw6al0utLp4bq8I60/8jjoXk2veokeqXheCB61dwFZ4Xu491VA0f2H0lT\n"                             \
  "mBefxkP+rQmWL9LiLM3DkCere9+KbuR8yBJ7ktPqyGt8o8/DIKOWYK0hmMXFwvat\n"                             \
  "VC3klyDE70dgenmRz+khDel3lVRpcCd5w9TVFp2MchNiIj3RIL+Y1Cnr6Er+yb9D\n"                             \
  "Lq8rbuJ3/VLkWeF4l4DoTHyRAWDnV+DgEPy8y7DE7XA+cfxUYIMBzwIT2g86Hqx/\n"                             \
  "f1VarwO2XBAbzN0PX/HG6RnopcWTZeqdN0GYcH2HAxn/XzUITnQXv97xVmwQBVEk\n"                             \
  "ewRPIKpRcir545mBcb8NeaSNUJc4Nr4vEN9Q2ugXO7vy7r+1o8JUc3ONO7Y+rpZ6\n"                             \
  "XPSNKmFPhEiKtVsRjYEp0+mIgXwouwZfKIaBq2lENhxILF9s9ZIXxyijRevIezqd\n"                             \
  "uTPh2apOGYTOQuBRn0Ex6cBZ8ptbTshqXy7avi7N2TAH8tFNDKRK5Q44ybfz3zRD\n"                             \
  "gDl69L/w00VBR41rvYQf+GxQx/u+T5Gfa694aPLIgrqKvDETvKzZ9EGY63DNIgM+\n"                             \
  "9CuSYd1+TQjBlMdeW9J+sEd0r6zK9ufL9SBHLawBKzGaZMRqo4dvAyuEy6EH7saN\n"                             \
  "JWUyXTqyIjNR2sdflO6CskUX5Ks87VxIEMrjkQ67mfui1BhKLLPK0wWJaOFcK66j\n"                             \
  "KKluWlrJT/3krrGsyO62Z4OEbtUFTg5+g4XmFzGMIRsc3WUi8HmgHDhp+ZfVHVHO\n"                             \
  "Ql26Rji/4W109CI+biJ4ga+VNgesYFZnZ9J48NYOiNAJzB61vHn8avAqChu0QKsl\n"                             \
  "gAlX4IYWFxd/iW+ne0F4OaShRCJLOyWaYmrnHdGluQw/NQ4hPz6OfwbgiSWyNW3Y\n"                             \
  "9pLyVOIkbk+N8MS3ICXo5wVbtMPmzO3S+vU3W1W1Qvt8xtuigopadJll4s45rM9p\n"                             \
  "jWsfihVeq6d47XmCvXxj+DBXTooRPIaTK+4mFbjO1WBTqbp1aX7gOj3sIKoZTuxP\n"                             \
  "IOaoEyxtTqpS5FXBDM3fQf9x6nwlfBS0Mdh5HriKWDg0GDAO8UwCyKZEomJFlPC9\n"                             \
  "cIwBhWlhwBLE/y6m7xeJKZf4Gia2qjh/EUFM81+HC8F+ownuojfGG+p8O8TowSZH\n"                             \
  "xETVYUe0j1QATduIrJnsdSde9QMFdOyRlzbjarJmQkjNm6zRgstXT+nSlshUTriF\n"                             \
  "rZSry6za7J0dtIuyF3Wuf7dBTHNNF2wvagrnJZK6PNPG\n"                                                 \
  "-----END ENCRYPTED PRIVATE KEY-----\n"

/* RSA of 1024 bits, which RFC 7518 does not let sign. */
#define TEST_SHORT_KEY                                                                             \
  "-----BEGIN PRIVATE KEY-----\n"                                                                  \
  "MIICeAIBADANBgkqhkiG9w0BAQEFAASCAmIwggJeAgEAAoGBAMlGpFTdUgXeXO5X\n"                             \
  "hy3jvr8Fj7VaolQwNN17Cb89MVllVFkgug6nbBXruSd1IMXOL6oAWJJYjHDhuAPH\n"                             \
  "ZLarDKeSW54KDZ1GXQ/LHAHWEcIboQ2Vld8m9RLc8IqI7j0Nekr84yON9tC0aLlY\n"                             \
  "zc+owf4clafGWNteFND33N6LL1sxAgMBAAECgYEAm11oJAni8py+Z0wxEH8oEhOc\n"                             \
  "5oRboVjEteHvmCsIGNVa0qGsfPtHN3SJq6eB8K5DpJo3xF+NqOTTQjd7ynUmgiRQ\n"                             \
  "pfqFsiRiytvl3kgTQpkYwKbJ4FE53lpzwRHSTQxnK79rZQBsiakOcHA9yCQAAQqF\n"                             \
  "l+o+8aftm3F5wnk4jEECQQDvKShL/dyOIHJGyXh25bzhzTZTpsIEw1iFKaL+38P1\n"                             \
  "ZJ6DRLAfEoK3k3/E+zumXqfJr5JgMeWZiG0PkJgvTsd1AkEA13KdhaYbT+evEsLo\n"                             \
  "rmlR3DEGpXNwotx9vKHIeusyb5wZi71mEwvYzIPN4G1YoXLWV2Y+SeFEeWTM2KpC\n"                             \
  "LIlJTQJBAOiIovaoIQ9LuvDaqTcpjuoZZk4VYKXS7bmjzyhzlwt8xqapXXkIvXIS\n"                             \
  "hvOWttu/QvLVs8O2ICCUxj2RAHdW6JUCQChtv5V2yCVEapvwq00fQlc5c+/UK8zD\n"                             \
  "52xgR4iZXguHlVudnOvyCyrFiPqWSk1xiTs5WnLurLTC75WwzV4iHPkCQQDiCNl0\n"                             \
  "FU4qz9ANXDpkLp904m7jW0uODyDkI+9zciQWama+IO6W9F57EdzjQ/l/egsy68qQ\n"                             \
  "ZAmS8GQYBmgix5qf\n"                                                                             \
  "-----END PRIVATE KEY-----\n"

/* P-256: no RSA key at all. */
#define TEST_CURVE_KEY                                                                             \
  "-----BEGIN PRIVATE KEY-----\n"                                                                  \
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguP3fPa5/fDFXC/fh\n"                             \
  "gwuTWyNvWz7JTNFlRdkRuUebU+KhRANCAATiqK/BNR4/vzQZhpuOvvLBUoUCGJNP\n"                             \
  "kAIcBrketaK9CajTSRnlB4CcLg9t1q5lmUiXx4bHlP03KSJZ3fsl7eQd\n"                                     \
  "-----END PRIVATE KEY-----\n"
