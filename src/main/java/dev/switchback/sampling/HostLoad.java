package dev.switchback.sampling;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * How busy the machine of the prober is. A number that this platform does not tell is null.
 *
 * @param loadAverage processes that want a processor, over the last minute
 * @param processors how many processors there are
 * @param cpuShare share of all processors that is in use, 0 to 1
 * @param ownCpuShare share that this process uses
 */
public record HostLoad(Double loadAverage, int processors, Double cpuShare, Double ownCpuShare) {

    /** Now. */
    public static HostLoad now() {
        OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        boolean more = machine instanceof com.sun.management.OperatingSystemMXBean;
        return new HostLoad(
                known(machine.getSystemLoadAverage()),
                machine.getAvailableProcessors(),
                more ? known(((com.sun.management.OperatingSystemMXBean) machine).getCpuLoad()) : null,
                more ? known(((com.sun.management.OperatingSystemMXBean) machine).getProcessCpuLoad()) : null);
    }

    private static Double known(double value) {
        return value < 0 || Double.isNaN(value) ? null : value;
    }
}
