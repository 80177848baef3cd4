import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** The same thing again and again, on so many threads for so many seconds. */
final class Load {

    /** How often each address is asked for before anything is measured. */
    static final int WARM_UP = 900;

    private Load() {}

    /** What one thread does; each gets one of its own. */
    interface Worker {
        void once() throws Exception;

        /** Comes before each time and is not measured. */
        default void before() throws Exception {}
    }

    static Figures of(Callable<Worker> workers, int threads, double seconds) throws Exception {
        return again(workers, threads, began -> () -> System.nanoTime() < began + (long) (seconds * 1e9));
    }

    private static Figures again(Callable<Worker> workers, int threads, LongFunction<BooleanSupplier> more)
            throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var ready = new ArrayList<Worker>();
            for (int i = 0; i < threads; i++) {
                ready.add(workers.call());
            }
            long began = System.nanoTime();
            BooleanSupplier goesOn = more.apply(began);
            var parts = new ArrayList<Future<List<Long>>>();
            for (Worker worker : ready) {
                parts.add(pool.submit(() -> again(worker, goesOn)));
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

    /**
     * Warms up by requests and not by seconds, because a slow machine needs as many as a fast one: until the virtual
     * machine has compiled what they use for good, which takes some 5,000 calls of a method. A third of them come after a
     * change, when a list has to be read again.
     */
    static void warmUp(Server server, List<String> addresses, Worker change) throws Exception {
        for (int round = 0; round < 3; round++) {
            for (String address : addresses) {
                times(get(server, address), 4, WARM_UP / 3 * 2 / 3);
                times(after(change, get(server, address)), 1, WARM_UP / 3 / 3);
            }
        }
    }

    private static void times(Callable<Worker> workers, int threads, int requests) throws Exception {
        var left = new AtomicInteger(requests);
        again(workers, threads, began -> () -> left.getAndDecrement() > 0);
    }

    /** What is done before every request, and not counted to its time. */
    static Callable<Worker> after(Worker change, Callable<Worker> then) {
        return () -> {
            Worker worker = then.call();
            return new Worker() {
                @Override
                public void before() throws Exception {
                    change.once();
                }

                @Override
                public void once() throws Exception {
                    worker.once();
                }
            };
        };
    }

    private static List<Long> again(Worker worker, BooleanSupplier more) throws Exception {
        var times = new ArrayList<Long>();
        while (more.getAsBoolean()) {
            worker.before();
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
