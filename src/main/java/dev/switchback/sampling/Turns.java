package dev.switchback.sampling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two sittings whose pieces take turns, A B B A A B B A: the warm-up first, then block by block. What is slow for a while
 * is slow for both, and nothing of one is sent while the other sends. When one of them ends early, the other is not held
 * up. Safe for use by the two of them.
 */
public final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long now;
    private boolean broken;

    /** The side that begins. */
    public Turn first() {
        return new Shared(0);
    }

    /** The other one. */
    public Turn second() {
        return new Shared(1);
    }

    /** One of the sides; a sitting of its own is always its own turn. */
    public interface Turn {

        Turn ALONE = new Turn() {

            @Override
            public boolean isAlone() {
                return true;
            }

            @Override
            public boolean comes(int piece, long millis) {
                return true;
            }

            @Override
            public void pass() {}

            @Override
            public void leave() {}
        };

        /** Whether there is no other side. */
        boolean isAlone();

        /**
         * Waits at most so long for a piece to be due; says whether it is.
         *
         * @param piece counted from 0, the warm-up
         */
        boolean comes(int piece, long millis) throws InterruptedException;

        /** The piece is over. */
        void pass();

        /** Nothing more comes of this side. */
        void leave();
    }

    private final class Shared implements Turn {
        private final int side;

        Shared(int side) {
            this.side = side;
        }

        @Override
        public boolean isAlone() {
            return false;
        }

        @Override
        public boolean comes(int piece, long millis) throws InterruptedException {
            // Of each pair of pieces one is ours; which of the two comes first changes from pair to pair.
            long due = 2L * piece + (piece % 2 == 0 ? side : 1 - side);
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            lock.lock();
            try {
                while (now < due && !broken && left > 0) {
                    left = moved.awaitNanos(left);
                }
                return now >= due || broken;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void pass() {
            change(false);
        }

        @Override
        public void leave() {
            change(true);
        }

        private void change(boolean leaves) {
            lock.lock();
            try {
                broken |= leaves;
                now += leaves ? 0 : 1;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
