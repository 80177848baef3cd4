package dev.switchback.verdict;

/**
 * One number about what the service had to do besides our requests.
 *
 * @param name what it is, as the page says it: "background requests a second", "CPU"
 * @param value requests a second, or a share from 0 to 1
 * @param share whether it is a share (CPU, connections in use); otherwise it is a rate
 */
public record Load(String name, double value, boolean share) {

    /** Traffic from others, requests a second. */
    public static Load traffic(double perSecond) {
        return new Load("background requests a second", perSecond, false);
    }

    /** How much of the processors was in use, 0 to 1. */
    public static Load cpu(double share) {
        return new Load("CPU", share, true);
    }
}
