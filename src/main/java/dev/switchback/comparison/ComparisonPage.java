package dev.switchback.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Durations;
import dev.switchback.verdict.Check;
import dev.switchback.verdict.Endpoint;
import dev.switchback.verdict.Grade;
import dev.switchback.verdict.Judgement;
import dev.switchback.verdict.MetricFacts;
import dev.switchback.verdict.Verdict;
import dev.switchback.verdict.VerdictWord;
import dev.switchback.web.Fact;
import dev.switchback.web.Mark;
import dev.switchback.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Did it get better? The page of a comparison, sentence first.
 *
 * @param kept the comparison
 * @param said what the judge said
 * @param mark the word of the whole
 * @param grades the four designs, one of them this one
 * @param checks can the two sides be compared
 * @param checksTitle the same in one line
 * @param remedy what is to be done, or empty
 * @param rows the table, one for each metric and endpoint
 * @param metrics what each metric looked like
 * @param queries which statements changed, one for each metric that counts them
 * @param method how this was measured and judged
 * @param legs the sittings, in the order in which they were carried out
 * @param remarks what a reader must know besides
 * @param extension the second look: what can be added, or was
 * @param more how the evidence becomes stronger; empty when it is strong enough
 */
public record ComparisonPage(
        KeptComparison kept,
        Verdict said,
        Mark mark,
        List<GradeRow> grades,
        List<CheckRow> checks,
        String checksTitle,
        String remedy,
        List<Row> rows,
        List<MetricCard> metrics,
        List<QueryChanges> queries,
        List<Fact> method,
        List<LegRow> legs,
        List<String> remarks,
        SecondLook extension,
        String more) {

    static final int WIDE = 600;
    static final int NARROW = 322;

    /** One of the designs. */
    public record GradeRow(String letter, String words, boolean isThis) {}

    /** An answer to "can the two sides be compared?". */
    public record CheckRow(Mark mark, String title, String words) {}

    /** A line of the table. */
    public record Row(
            String anchor,
            String metric,
            String title,
            String before,
            String after,
            String change,
            Mark mark,
            String expected,
            String smallest,
            boolean isDeclared) {}

    /**
     * A metric, opened.
     *
     * @param open whether it is open from the start: where something is to be seen
     */
    public record MetricCard(
            String anchor,
            String name,
            String metricClass,
            boolean open,
            List<Said> said,
            List<HistogramChart> wide,
            List<HistogramChart> narrow,
            BlockChart blocksWide,
            BlockChart blocksNarrow,
            String blocksTitle,
            String inputs) {}

    /** What is said of an endpoint. */
    public record Said(String title, Mark mark, String sentence, List<String> remarks, String because) {}

    /** A sitting. */
    public record LegRow(String name, long measurement, Instant at, boolean isInterrupted) {}

    /**
     * The page.
     *
     * @param news what became known only after it was judged, one sentence each
     */
    static ComparisonPage of(KeptComparison kept, List<QueryChanges> queries, SecondLook extension, List<String> news) {
        return new Composing(kept, queries, extension, news).page();
    }

    /** About how long adding blocks takes; empty when none can be added. */
    public String addingTakes() {
        return extension.expected() == null
                ? ""
                : Durations.words(
                        Duration.ofSeconds(Math.max(1, extension.expected().toSeconds())));
    }

    /** What the intervals of the table are: they are wider at the second look. */
    public String interval() {
        return kept.input().isExtended() ? "97.5 % interval" : "95 % interval";
    }

    private static final class Composing {
        private final KeptComparison kept;
        private final Verdict said;
        private final JudgeInput input;
        private final List<QueryChanges> queries;
        private final SecondLook extension;
        private final List<String> names;
        private final List<String> news;

        Composing(KeptComparison kept, List<QueryChanges> queries, SecondLook extension, List<String> news) {
            this.news = news;
            this.kept = kept;
            this.extension = extension;
            this.said = kept.said();
            this.input = kept.input();
            this.queries = queries;
            this.names =
                    said.judgements().stream().map(Judgement::metric).distinct().toList();
        }

        ComparisonPage page() {
            return new ComparisonPage(
                    kept,
                    said,
                    VerdictLabels.mark(said.word(), firstChange()),
                    grades(),
                    said.checks().stream()
                            .map(check -> new CheckRow(VerdictLabels.mark(check.state()), check.title(), check.words()))
                            .toList(),
                    checksTitle(),
                    remedy(),
                    said.judgements().stream().map(this::row).toList(),
                    names.stream().map(this::card).toList(),
                    queries,
                    method(),
                    input.legs().stream().map(Composing::leg).toList(),
                    Stream.concat(news.stream(), input.remarks().stream()).toList(),
                    extension,
                    VerdictLabels.stronger(said.grade()));
        }

        /** What is to be done; where blocks can be added, the button says it. */
        private String remedy() {
            if (extension.side() != null || extension.added() != null) {
                return "";
            }
            return input.isExtended() && said.word() == VerdictWord.INCONCLUSIVE
                    ? "Measure both sides anew"
                    : VerdictLabels.remedy(said.reason());
        }

        private double firstChange() {
            return said.judgements().stream()
                    .filter(one -> one.reason() == said.reason())
                    .map(one -> one.numbers().change())
                    .filter(change -> change != null)
                    .findFirst()
                    .orElse(0.0);
        }

        private List<GradeRow> grades() {
            return Stream.of(Grade.values())
                    .map(grade -> new GradeRow(grade.name(), grade.words(), grade == said.grade()))
                    .toList();
        }

        private String checksTitle() {
            long hold = count(Check.State.HOLDS);
            long fail = count(Check.State.FAILS);
            long unknown = count(Check.State.UNKNOWN);
            if (said.checks().isEmpty()) {
                return "Nothing was measured on both sides";
            }
            return (fail == 0
                            ? "Yes, " + hold + " of " + said.checks().size()
                            : "No, " + fail + " of " + said.checks().size() + " are in the way")
                    + (unknown == 0 ? "" : ", " + unknown + " not known");
        }

        private long count(Check.State state) {
            return said.checks().stream()
                    .filter(check -> check.state() == state)
                    .count();
        }

        private String anchor(String metric) {
            return "metric-" + (names.indexOf(metric) + 1);
        }

        private Row row(Judgement one) {
            return new Row(
                    anchor(one.metric()),
                    one.metric(),
                    VerdictLabels.title(one.endpoint()),
                    value(one, one.numbers().before(), MetricFacts::before),
                    value(one, one.numbers().after(), MetricFacts::after),
                    Amounts.change(one.numbers()),
                    VerdictLabels.mark(one),
                    VerdictLabels.expected(one, isHigherBetter(one.metric())),
                    Amounts.size(one.numbers().smallestVisible(), one.numbers()),
                    one.declared());
        }

        /** Failed requests are counted, not only shared. */
        private String value(
                Judgement one, Double value, java.util.function.Function<MetricFacts, MetricFacts.SideFacts> side) {
            Optional<MetricFacts.SideFacts> facts = facts(one.metric()).map(side);
            if (one.endpoint() == Endpoint.ERRORS && facts.isPresent()) {
                return Words.count(facts.get().failed(), "of", "of")
                        + " %,d".formatted(facts.get().n());
            }
            return Amounts.value(value, one.numbers().unit());
        }

        private Optional<MetricFacts> facts(String metric) {
            return said.facts().stream()
                    .filter(each -> each.metric().equals(metric))
                    .findFirst();
        }

        private boolean isHigherBetter(String metric) {
            return declared(metric).path("higherIsBetter").asBoolean();
        }

        private JsonNode declared(String metric) {
            return JudgeInput.items(input.tree().path("metrics")).stream()
                    .filter(each -> each.path("name").asText().equals(metric))
                    .findFirst()
                    .orElse(input.tree().path("none"));
        }

        private MetricCard card(String metric) {
            List<Judgement> ones = said.judgements().stream()
                    .filter(one -> one.metric().equals(metric))
                    .toList();
            Optional<MetricFacts> facts = facts(metric);
            Optional<Judgement> drawn =
                    ones.stream().filter(one -> !one.blocks().isEmpty()).findFirst();
            return new MetricCard(
                    anchor(metric),
                    metric,
                    ones.get(0).metricClass().key(),
                    names.size() == 1
                            || ones.stream().anyMatch(one -> one.reason().row() != 14),
                    ones.stream().map(Composing::said).toList(),
                    histograms(facts, WIDE),
                    histograms(facts, NARROW),
                    drawn.map(one -> BlockChart.of(one, WIDE)).orElse(null),
                    drawn.map(one -> BlockChart.of(one, NARROW)).orElse(null),
                    drawn.map(one -> VerdictLabels.title(one.endpoint())).orElse(""),
                    facts.map(MetricFacts::inputs)
                            .map(MetricFacts.Inputs::words)
                            .orElse(""));
        }

        private static Said said(Judgement one) {
            return new Said(
                    VerdictLabels.title(one.endpoint()),
                    VerdictLabels.mark(one),
                    one.sentence(),
                    one.remarks(),
                    "row " + one.reason().row() + ", " + one.reason().name()
                            + (one.numbers().p() == null
                                    ? ""
                                    : ", p " + probability(one.numbers().p()))
                            + (one.numbers().adjustedP() == null
                                    ? ""
                                    : ", corrected " + probability(one.numbers().adjustedP())));
        }

        private static String probability(double p) {
            return p < 0.0001 ? "below 0.0001" : String.format(java.util.Locale.ROOT, "%.4f", p);
        }

        private static List<HistogramChart> histograms(Optional<MetricFacts> facts, int width) {
            return facts.stream()
                    .flatMap(each -> each.histogram().stream()
                            .map(histogram -> HistogramChart.of(
                                    histogram,
                                    each.histogram().size() == 1 ? each.before() : null,
                                    each.histogram().size() == 1 ? each.after() : null,
                                    width)))
                    .toList();
        }

        private static LegRow leg(JsonNode leg) {
            return new LegRow(
                    leg.path("name").asText(),
                    leg.path("measurement").asLong(),
                    Instant.ofEpochMilli(leg.path("fromMs").asLong()),
                    leg.path("interrupted").asBoolean());
        }

        private List<Fact> method() {
            var facts = new ArrayList<Fact>();
            facts.add(Fact.words(
                    "Design",
                    input.legs().stream().map(leg -> leg.path("name").asText()).collect(Collectors.joining(", ")) + ". "
                            + said.gradeWords()));
            facts.add(Fact.words(
                    "Test",
                    "Hodges–Lehmann ratio of block values with its exact Mann–Whitney interval; shares by Newcombe and"
                            + " Fisher; corrected for several looks by Holm"));
            facts.add(Fact.words("Level", "claims had to undercut " + Amounts.plain(said.level())));
            declaredAt().forEach((metric, words) -> facts.add(Fact.words(metric, words)));
            facts.add(Fact.words("Judge", kept.method() + ", asked first by " + kept.createdBy()));
            facts.add(Fact.code("Told", "sha256 " + kept.inputHash()));
            input.parts().stream()
                    .map(JudgeInput.Part::sha256)
                    .distinct()
                    .limit(4)
                    .forEach(hash -> facts.add(Fact.code("Samples", "sha256 " + hash.substring(0, 16) + "…")));
            return facts;
        }

        private Map<String, String> declaredAt() {
            var words = new LinkedHashMap<String, String>();
            for (String metric : names) {
                JsonNode declared = declared(metric);
                var judged = new ArrayList<String>();
                declared.path("judge")
                        .properties()
                        .forEach(each ->
                                judged.add(each.getKey() + " " + each.getValue().asText()));
                words.put(
                        metric,
                        String.join(", ", judged) + "; declared "
                                + declared.path("declaredAt").asText("at an unknown time"));
            }
            return words;
        }
    }
}
