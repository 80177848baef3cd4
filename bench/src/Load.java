import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same thing again and again, on so many threads for so many seconds. */
final class Load {

    private Load() {}

    /** What one thread does; each gets one of its own. */
    interface Worker {
        void once() throws Exception;
    }

    static Figures of(Callable<Worker> workers, int threads, double seconds) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var ready = new ArrayList<Worker>();
            for (int i = 0; i < threads; i++) {
                ready.add(workers.call());
            }
            long began = System.nanoTime();
            long end = began + (long) (seconds * 1e9);
            var parts = new ArrayList<Future<List<Long>>>();
            for (Worker worker : ready) {
                parts.add(pool.submit(() -> again(worker, end)));
            }
            var all = new ArrayList<Long>();
            for (var part : parts) {
                all.addAll(part.get());
            }
            return new Figures(all.stream().mapToLong(Long::longValue).toArray(), System.nanoTime() - began);
        } finally {
            pool.shutdown();
        }
    }

    private static List<Long> again(Worker worker, long end) throws Exception {
        var times = new ArrayList<Long>();
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            worker.once();
            times.add(System.nanoTime() - start);
        }
        return times;
    }

    /** Asks for this address; anything but 200 is an error. */
    static Callable<Worker> get(Server server, String address) {
        return () -> () -> {
            HttpResponse<String> answer = server.get(address);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(address + " answered " + answer.statusCode());
            }
        };
    }
}
