using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;
using FsCheck;
using FsCheck.Fluent;

namespace FlinkDashboard.Tests.Model.Manifests;

/// <summary>Whatever is written at any place: it reads back, and nothing else changes.</summary>
public class ManifestPropertyTests
{
    private const string Base = """
        # top
        apiVersion: flink.apache.org/v1beta1   # c1
        kind: FlinkDeployment
        metadata:
          name: "orders"   # c2
          labels: {a: b, "c d": 'e', n: 5}   # c3

          # c4
          annotations: {}
        spec:
          empty:   # c5
          nothing: ~
          flinkConfiguration:
            # c6
            a.b: x
            n:
              m: 1   # c7
              o: [1, 2]
          job:
            args:   # c8
              - --x   # c9
              - "y z"
              # c10
              - {k: v}
            parallelism: 2
          podTemplate:
            spec:
              containers:
              - name: main   # c11
                env:
                - {name: A, value: "1"}
              - name: side
          text: |
            one
              two

            three
          folded: >-
            four
            five
          last: end
        """;

    private static readonly string[] Places =
    [
        "kind", "metadata.name", "metadata.labels.a", "metadata.labels[c d]", "metadata.labels.new", "metadata.labels[app.kubernetes.io/name]", "metadata.annotations.first", "metadata.annotations[x/y]",
        "spec.empty", "spec.empty.child", "spec.empty.deep.er", "spec.nothing", "spec.nothing.child", "spec.flinkConfiguration[a.b]", "spec.flinkConfiguration[n.m]", "spec.flinkConfiguration[new.key]", "spec.flinkConfiguration[n.o]",
        "spec.job.args[0]", "spec.job.args[1]", "spec.job.args[2]", "spec.job.args[2].k", "spec.job.args[2].more", "spec.job.args[3]", "spec.job.parallelism", "spec.job.jarURI", "spec.podTemplate.spec.containers[0].name",
        "spec.podTemplate.spec.containers[0].image", "spec.podTemplate.spec.containers[0].env[0].value", "spec.podTemplate.spec.containers[1].name", "spec.podTemplate.spec.containers[1].env[0].name", "spec.podTemplate.spec.nodeSelector.pool",
        "spec.text", "spec.folded", "spec.last", "spec.brand.new.path", "status.x", "top",
    ];

    private static readonly Gen<string> Values = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(s => Clean(s ?? "")),
        Gen.Elements("", " ", "yes", "no", "null", "~", "1", "1.50", "0x1F", "2024-01-01", "- a", "a: b", "a #b", "#c", "'", "\"", "\\", "a\nb", "a\nb\n", "\n", "\ta", "{x}", "[y]", "*a", "&b", "!c", "%d", "@e", "`f", "|", ">", "--rate", "s3://b/c", "key:", "a,b", "日本", "x\u0085y", "é\u2028", "1e3", ".inf", "1_000", "012", "on", "=", "<<", "...", "---", "?", ":"),
        ArbMap.Default.GeneratorFor<int>().Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static readonly Arbitrary<(string Place, string Value, bool Windows)> Edits =
        (from place in Gen.Elements(Places) from value in Values from windows in Gen.Elements(false, true) select (place, value, windows)).ToArbitrary();

    [Fact]
    public void Write_ReadsBack_AndChangesNothingElse() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Edits, edit =>
    {
        var before = Manifest.Parse(Text(edit.Windows));
        var after = before.With(edit.Place, edit.Value, ScalarKind.Text);
        Assert.Null(after.Problem);
        Assert.Equal(edit.Value, after.Value(edit.Place));
        Assert.Equal(Flat(before, edit.Place), Flat(after, edit.Place));
        if (!Swallows(edit.Place))
            Assert.Equal(Comments(before.Text), Comments(after.Text));
        Assert.Equal(after.Text, Manifest.Parse(after.Text).Text);
    }));

    [Fact]
    public void Removal_TakesOnlyItsPlace() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Gen.Elements(Places).ToArbitrary(), place =>
    {
        var before = Manifest.Parse(Base);
        var after = before.With(place, null);
        Assert.Null(after.Problem);
        Assert.Equal(!place.EndsWith("args[0]", StringComparison.Ordinal) && !place.EndsWith("args[1]", StringComparison.Ordinal) ? null : after.Value(place), after.Value(place));
        if (!place.Contains("args[", StringComparison.Ordinal))
            Assert.Equal(Flat(before, place), Flat(after, place));
        Assert.Equal(before.Has(place), before.Text != after.Text);
    }));

    [Fact]
    public void WriteAndTakeBack_GivesTheSameValues() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Edits, edit =>
    {
        var before = Manifest.Parse(Base);
        if (before.Items(edit.Place).Count > 0 || before.Value(edit.Place) is not { } old)
            return;
        var back = before.With(edit.Place, edit.Value, ScalarKind.Text).With(edit.Place, old);
        Assert.Equal(old, back.Value(edit.Place));
        Assert.Equal(Flat(before, edit.Place), Flat(back, edit.Place));
    }));

    [Fact]
    public void Lists_ReadBack() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Values.ListOf().ToArbitrary(), list =>
    {
        var items = list.Take(6).ToList();
        foreach (var place in (string[])["spec.job.args", "spec.flinkConfiguration[n.o]", "spec.fresh", "spec.empty"])
        {
            var after = Manifest.Parse(Base).WithItems(place, items);
            Assert.Null(after.Problem);
            Assert.Equal(items, after.Items(place));
            Assert.Equal(Flat(Manifest.Parse(Base), place), Flat(after, place));
        }
    }));

    [Fact]
    public void AnyText_IsReadOrRefused_NeverThrown() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
        (from cut in Gen.Choose(0, Base.Length - 1) from length in Gen.Choose(0, 40) from put in Values select Base.Remove(cut, Math.Min(length, Base.Length - cut)).Insert(cut, put)).ToArbitrary(), text =>
        {
            var manifest = Manifest.Parse(text);
            Assert.Equal(text, manifest.Text);
            if (manifest.Problem is { } problem)
                Assert.True(problem.Line >= 1 && problem.Column >= 1);
            _ = (manifest.Json, manifest.Keys(""), manifest.With("spec.job.parallelism", "3").Text);
        }));

    private static string Text(bool windows) => windows ? Base.Replace("\n", "\r\n", StringComparison.Ordinal) : Base;

    // YAML takes no control characters but tab and line feed, and no lone surrogates.
    private static string Clean(string text) => new([.. text.Where(c => (!char.IsControl(c) || c is '\t' or '\n') && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF'))]);

    private static bool Swallows(string place) => Manifest.Parse(Base).Keys(place).Count > 0 || Manifest.Parse(Base).Items(place).Count > 0 || place is "spec.empty" or "spec.nothing";

    // All values but those at, above or below a place.
    private static List<string> Flat(Manifest manifest, string place)
    {
        var all = new List<string>();
        Walk("", manifest.Json);
        var own = Plain(place);
        return [.. all.Where(l => l.Split('=')[0] is var path && !path.StartsWith(own, StringComparison.Ordinal) && !(path.Length > 0 && own.StartsWith(path + "/", StringComparison.Ordinal)))];

        void Walk(string path, JsonNode? node)
        {
            if (node is JsonObject { Count: > 0 } map)
                foreach (var (key, value) in map)
                    Walk($"{path}/{key.Replace('.', '/')}", value);
            else if (node is JsonArray { Count: > 0 } list)
                for (var i = 0; i < list.Count; i++)
                    Walk($"{path}/{i}", list[i]);
            else
                all.Add($"{path}={node?.ToJsonString() ?? "null"}");
        }
    }

    private static string Plain(string place) => "/" + place.Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static IEnumerable<string> Comments(string text) => text.Split('\n').Select(l => System.Text.RegularExpressions.Regex.Match(l, @"# ?(top|c\d+)\b").Value).Where(c => c.Length > 0);
}
