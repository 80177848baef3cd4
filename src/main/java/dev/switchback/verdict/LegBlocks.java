package dev.switchback.verdict;

import java.util.List;

/**
 * The block values of one leg, in time order: what the run chart draws.
 *
 * @param leg the name of the leg
 * @param side the state it was measured in
 * @param blocks its blocks
 * @param median of the blocks' values, null when there are none
 */
public record LegBlocks(String leg, Side side, List<Block> blocks, Double median) {

    public LegBlocks {
        blocks = List.copyOf(blocks);
    }

    /**
     * One block.
     *
     * @param block its number in the leg, counted from 0
     * @param n how many samples made the value
     * @param value its quantile, share, mean or number
     */
    public record Block(int block, int n, double value) {}
}
