package dev.switchback.verdict.judge1;

import dev.switchback.verdict.Comparison;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Intent;
import dev.switchback.verdict.Judge;
import dev.switchback.verdict.Judgement;
import dev.switchback.verdict.Metric;
import dev.switchback.verdict.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The method of docs/verdict.md, version 1. */
public final class JudgeOne implements Judge {

    /** Its name. */
    public static final String VERSION = "judge/1";

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public Verdict judge(Comparison comparison) {
        List<Measured> metrics = comparison.metrics().stream()
                .map(metric -> Measured.of(metric, comparison))
                .toList();
        List<Look> looks = metrics.stream()
                .flatMap(measured -> looks(comparison, measured))
                .toList();
        List<Look> explored = metrics.stream()
                .flatMap(measured -> Classes.apart(comparison, measured))
                .toList();
        var judgements = new ArrayList<Judgement>();
        double[] adjusted = adjusted(looks);
        for (int i = 0; i < looks.size(); i++) {
            judgements.add(JudgeLook.judge(looks.get(i), adjusted[i]));
        }
        explored.forEach(look -> judgements.add(JudgeLook.judge(look, look.p() == null ? 0 : look.p())));
        return new Whole(comparison, metrics, looks, List.copyOf(judgements)).verdict(VERSION);
    }

    private static Stream<Look> looks(Comparison comparison, Measured measured) {
        return endpoints(measured).entrySet().stream()
                .map(endpoint -> new Look(comparison, measured, endpoint.getKey(), endpoint.getValue()));
    }

    /** Failed requests are always looked at: nothing else is worth anything without. */
    private static Map<Endpoint, Intent> endpoints(Measured measured) {
        Metric metric = measured.metric();
        var endpoints = new EnumMap<Endpoint, Intent>(Endpoint.class);
        endpoints.putAll(metric.judge());
        if (measured.requests()) {
            endpoints.putIfAbsent(Endpoint.ERRORS, Intent.KEEP);
        }
        return endpoints;
    }

    /** Holm over all declared looks that were tested; explored ones stand alone, what is exact needs no test. */
    private static double[] adjusted(List<Look> looks) {
        double[] family =
                looks.stream().filter(JudgeOne::inFamily).mapToDouble(Look::p).toArray();
        double[] corrected = Holm.adjust(family);
        var adjusted = new double[looks.size()];
        int next = 0;
        for (int i = 0; i < adjusted.length; i++) {
            Look look = looks.get(i);
            adjusted[i] = inFamily(look) ? corrected[next++] : look.p() == null ? 0 : look.p();
        }
        return adjusted;
    }

    private static boolean inFamily(Look look) {
        return look.declared() && look.p() != null;
    }
}
