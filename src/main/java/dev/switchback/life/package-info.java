/** What a person decides about a migration as a whole: reviewed, done, abandoned, handed over, put away, copied. */
package dev.switchback.life;
