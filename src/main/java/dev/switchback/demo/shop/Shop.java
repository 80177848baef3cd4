package dev.switchback.demo.shop;

import java.time.Instant;

/** Starts the shop from its environment variables and ends it properly on TERM. */
public final class Shop {

    private Shop() {}

    public static void main(String... arguments) {
        try {
            // Without it small answers wait 40 ms for an acknowledgement.
            System.setProperty("sun.net.httpserver.nodelay", "true");
            ShopConfig config = ShopConfig.of(System.getenv());
            ShopServer shop = ShopServer.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(shop::close, "goodbye"));
            System.out.println(Instant.now() + " " + config + " is open");
        } catch (Exception e) {
            System.err.println(Instant.now() + " the shop cannot start: " + e.getMessage());
            System.exit(1);
        }
    }
}
