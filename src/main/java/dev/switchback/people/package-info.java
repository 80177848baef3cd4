/** Who is here, what they were granted and through whom: the answer to "who can do this, and why". */
package dev.switchback.people;
