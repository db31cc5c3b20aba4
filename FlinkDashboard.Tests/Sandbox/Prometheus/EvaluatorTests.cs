using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

public class EvaluatorTests
{
    // A counter of 2 per second that starts again after 30 s; gauges; a histogram.
    private readonly QueryStage _stage = new QueryStage()
        .With("c", "0:0 15:30 30:60 45:10 60:40", "pod", "a", "app", "x")
        .With("c", "0:100 15:115 30:130 45:145 60:160", "pod", "b", "app", "x")
        .With("g", "0:1 15:5 30:3 45:4 60:2", "pod", "a")
        .With("g", "0:7 15:7 30:NaN 45:7 60:8", "pod", "b")
        .With("gone", "0:1 15:1 30:stale", "pod", "a")
        .With("limit", "60:4", "pod", "a", "zone", "z1")
        .With("limit", "60:16", "pod", "b", "zone", "z2")
        .With("h_bucket", "60:1", "le", "0.1")
        .With("h_bucket", "60:3", "le", "0.5")
        .With("h_bucket", "60:4", "le", "1")
        .With("h_bucket", "60:4", "le", "+Inf");

    [Theory]
    [InlineData("1 + 2 * 3 ^ 2 ^ 0", "7")]
    [InlineData("-2 ^ 2", "-4")]
    [InlineData("(1 + 2) * 3 % 4", "1")]
    [InlineData("1 > bool 2 or vector(1)", null)]
    [InlineData("3 >= bool 3", "1")]
    [InlineData("0x1F + 1e1", "41")]
    [InlineData("time()", "60")]
    [InlineData("1 / 0", "+Inf")]
    [InlineData("scalar(g)", "NaN")]
    [InlineData("scalar(g{pod='b'}) # a comment", "8")]
    public void Scalars_AreReckoned(string query, string? expected)
    {
        if (expected is null)
            Assert.Contains("not allowed in binary scalar expression", Assert.Throws<QueryError>(() => _stage.Ask(query, 60)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(expected, _stage.Ask(query, 60));
    }

    [Theory]
    [InlineData("g{pod=\"a\"}", "g{pod=\"a\"} 2")]
    [InlineData("{__name__=~\"g\", pod!~\"b|c\"}", "g{pod=\"a\"} 2")]
    [InlineData("g{pod!=\"a\"} offset 15s", "g{pod=\"b\"} 7")]
    [InlineData("g > 3", "g{pod=\"b\"} 8")]
    [InlineData("g > bool 3", "{pod=\"a\"} 0; {pod=\"b\"} 1")]
    [InlineData("gone", "")]
    [InlineData("absent(gone{pod=\"a\",x=~\"y\"})", "{pod=\"a\"} 1")]
    [InlineData("-g", "{pod=\"a\"} -2; {pod=\"b\"} -8")]
    [InlineData("sort_desc(g)", "g{pod=\"b\"} 8; g{pod=\"a\"} 2")]
    [InlineData("clamp(g, 3, 7)", "{pod=\"a\"} 3; {pod=\"b\"} 7")]
    [InlineData("round(g / 3, 0.5)", "{pod=\"a\"} 0.5; {pod=\"b\"} 2.5")]
    [InlineData("ceil(g / 3)", "{pod=\"a\"} 1; {pod=\"b\"} 3")]
    [InlineData("label_replace(g{pod=\"a\"}, \"n\", \"$1-x\", \"pod\", \"(.*)\")", "g{n=\"a-x\", pod=\"a\"} 2")]
    [InlineData("label_join(g{pod=\"a\"}, \"n\", \"/\", \"pod\", \"pod\")", "g{n=\"a/a\", pod=\"a\"} 2")]
    [InlineData("vector(3)", "{} 3")]
    public void Vectors_AreChosenAndChanged(string query, string expected) => Assert.Equal(expected, _stage.Ask(query, 60));

    [Theory]
    [InlineData("sum(g)", "{} 10")]
    [InlineData("sum by (pod) (g)", "{pod=\"a\"} 2; {pod=\"b\"} 8")]
    [InlineData("sum(c) by (app)", "{app=\"x\"} 200")]
    [InlineData("avg without (pod) (c)", "{app=\"x\"} 100")]
    [InlineData("max(g)", "{} 8")]
    [InlineData("min(g)", "{} 2")]
    [InlineData("count(g)", "{} 2")]
    [InlineData("stddev(g)", "{} 3")]
    [InlineData("quantile(0.5, g)", "{} 5")]
    [InlineData("topk(1, g)", "g{pod=\"b\"} 8")]
    [InlineData("bottomk(1, g)", "g{pod=\"a\"} 2")]
    public void Series_AreBroughtTogether(string query, string expected) => Assert.Equal(expected, _stage.Ask(query, 60));

    [Theory]
    [InlineData("g / limit", "")]
    [InlineData("g / on (pod) limit", "{pod=\"a\"} 0.5; {pod=\"b\"} 0.5")]
    [InlineData("g / ignoring (zone) limit", "{pod=\"a\"} 0.5; {pod=\"b\"} 0.5")]
    [InlineData("g * on (pod) group_left (zone) limit", "{pod=\"a\", zone=\"z1\"} 8; {pod=\"b\", zone=\"z2\"} 128")]
    [InlineData("limit * on (pod) group_right () g", "{pod=\"a\"} 8; {pod=\"b\"} 128")]
    [InlineData("g and on (pod) limit{zone=\"z1\"}", "g{pod=\"a\"} 2")]
    [InlineData("g unless on (pod) limit{zone=\"z1\"}", "g{pod=\"b\"} 8")]
    [InlineData("g{pod=\"a\"} or g", "g{pod=\"a\"} 2; g{pod=\"b\"} 8")]
    [InlineData("g > on (pod) (limit - 10)", "{pod=\"a\"} 2; {pod=\"b\"} 8")]
    public void Sides_AreMatched(string query, string expected) => Assert.Equal(expected, _stage.Ask(query, 60));

    // Spans begin after their beginning. The counter's reset adds what it had: 60 - 30 + 10 + 30 over 45 s, stretched to 60 s.
    [Theory]
    [InlineData("increase(c{pod=\"b\"}[1m])", "{app=\"x\", pod=\"b\"} 60")]
    [InlineData("rate(c{pod=\"b\"}[1m])", "{app=\"x\", pod=\"b\"} 1")]
    [InlineData("increase(c{pod=\"a\"}[1m])", "{app=\"x\", pod=\"a\"} 93.333333333")]
    [InlineData("irate(c{pod=\"a\"}[1m])", "{app=\"x\", pod=\"a\"} 2")]
    [InlineData("irate(c{pod=\"a\"}[1m] offset 15s)", "{app=\"x\", pod=\"a\"} 0.666666667")]
    [InlineData("delta(g{pod=\"a\"}[1m])", "{pod=\"a\"} -4")]
    [InlineData("idelta(g{pod=\"a\"}[1m])", "{pod=\"a\"} -2")]
    [InlineData("resets(c{pod=\"a\"}[1m])", "{app=\"x\", pod=\"a\"} 1")]
    [InlineData("rate(c{pod=\"a\"}[15s])", "")]
    [InlineData("sum_over_time(g{pod=\"a\"}[1m])", "{pod=\"a\"} 14")]
    [InlineData("avg_over_time(g{pod=\"a\"}[1m])", "{pod=\"a\"} 3.5")]
    [InlineData("max_over_time(g[1m])", "{pod=\"a\"} 5; {pod=\"b\"} 8")]
    [InlineData("min_over_time(g{pod=\"a\"}[1m])", "{pod=\"a\"} 2")]
    [InlineData("count_over_time(gone[2m])", "{pod=\"a\"} 2")]
    [InlineData("last_over_time(gone[2m])", "gone{pod=\"a\"} 1")]
    [InlineData("quantile_over_time(0.5, g{pod=\"a\"}[1m])", "{pod=\"a\"} 3.5")]
    [InlineData("max_over_time(sum(g)[30s:15s])", "{} 11")]
    [InlineData("histogram_quantile(0.5, h_bucket)", "{} 0.3")]
    [InlineData("histogram_quantile(1, h_bucket)", "{} 1")]
    public void Spans_AreReckoned(string query, string expected) => Assert.Equal(expected, _stage.Ask(query, 60));

    [Fact]
    public void Sample_IsForgotten_AfterFiveMinutes()
    {
        Assert.Equal("limit{pod=\"a\", zone=\"z1\"} 4", _stage.Ask("limit{pod=\"a\"}", 359.999));
        Assert.Equal("", _stage.Ask("limit{pod=\"a\"}", 360));
    }

    [Fact]
    public void Increase_NearTheFirstSample_IsNotStretchedBelowZero()
    {
        var stage = new QueryStage().With("c", "100:10 110:30 120:50");
        // At 2 per second it was zero 5 s before the first sample.
        Assert.Equal("{} 50", stage.Ask("increase(c[1m])", 120));
    }

    [Fact]
    public void SeriesThatLoseTheirName_MustStayDifferent()
    {
        var stage = new QueryStage().With("a", "0:1").With("b", "0:2");
        Assert.Equal("vector cannot contain metrics with the same labelset", Assert.Throws<QueryError>(() => stage.Ask("abs({__name__=~\"a|b\"})", 0)).Message);
    }

    [Theory]
    [InlineData("limit * on () g", "found duplicate series for the match group {} on the right hand-side of the operation")]
    [InlineData("c * on (app) sum by (app) (c)", "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)")]
    public void AmbiguousMatches_AreRefused(string query, string words) =>
        Assert.StartsWith(words, Assert.Throws<QueryError>(() => _stage.Ask(query, 60)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("sum(", "1:5: parse error: unexpected end of input")]
    [InlineData("foo(g)", "1:1: parse error: unknown function with name \"foo\"")]
    [InlineData("rate(g)", "1:6: parse error: expected type range vector in call to function \"rate\", got instant vector")]
    [InlineData("abs()", "1:1: parse error: expected 1 argument(s) in call to \"abs\", got 0")]
    [InlineData("{}", "1:1: parse error: vector selector must contain at least one non-empty matcher")]
    [InlineData("1 > 2", "1:3: parse error: comparisons between scalars must use BOOL modifier")]
    [InlineData("g $", "1:3: parse error: unexpected character: '$'")]
    [InlineData("sum(g)[5m]", "1:7: parse error: ranges only allowed for vector selectors")]
    [InlineData("", "1:1: parse error: no expression found in input")]
    [InlineData("g{pod=\"a", "1:7: parse error: unterminated quoted string")]
    public void BadQueries_AreRefused_WithTheirPlace(string query, string words) => Assert.Equal(words, Assert.Throws<QueryError>(() => _stage.Ask(query, 60)).Message);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1e-6, "0.000001")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(1700000000000, "1700000000000")]
    [InlineData(1.5e20, "150000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-0.25, "-0.25")]
    public void Numbers_AreWrittenAsGoDoes(double value, string text) => Assert.Equal(text, SampleText.Of(value));
}
