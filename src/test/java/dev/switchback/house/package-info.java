/** The guards of the house: rooms, names, templates, documented settings, landed migrations. */
package dev.switchback.house;
