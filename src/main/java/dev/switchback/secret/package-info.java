/** References to secrets, and the masking of everything that leaves the process. */
package dev.switchback.secret;
