package dev.switchback.demo.shop;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The settings in a properties file beside the shop: how it has always been. */
record PropertiesFile(Path path) implements SettingsSource {

    @Override
    public Map<String, String> read() {
        try (Reader reader = Files.newBufferedReader(path)) {
            var properties = new Properties();
            properties.load(reader);
            var values = new TreeMap<String, String>();
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
            return values;
        } catch (IOException e) {
            throw new SourceUnavailable("the settings file " + path + " cannot be read", e);
        }
    }
}
