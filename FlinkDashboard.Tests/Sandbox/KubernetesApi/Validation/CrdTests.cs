using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Validation;

public class CrdTests
{
    [Fact]
    public void AddTo_AnEmptyStore_InstallsEstablishedDefinitionsOfEveryCustomKind()
    {
        var objects = Empty();
        Crds.AddTo(objects);
        foreach (var type in ResourceTypes.All.Where(t => t.IsCustom))
        {
            var crd = objects.Get(ResourceTypes.CustomResourceDefinitions, "", type.QualifiedName).Read();
            Assert.Equal(type.Kind, (string?)crd["spec"]!["names"]!["kind"]);
            Assert.Equal(type.ShortNames, crd["spec"]!["names"]!["shortNames"]?.AsArray().Select(n => (string)n!) ?? []);
            Assert.Equal(type.Namespaced ? "Namespaced" : "Cluster", (string?)crd["spec"]!["scope"]);
            Assert.Equal(type.HasScale, crd["spec"]!["versions"]![0]!["subresources"]!["scale"] is not null);
            Assert.Equal(type.Version, (string?)crd["status"]!["storedVersions"]![0]);
            Assert.Contains(crd["status"]!["conditions"]!.AsArray(), c => (string?)c!["type"] == "Established" && (string?)c["status"] == "True");
        }
    }

    [Fact]
    public void AddTo_WithoutAKind_LeavesItUnserved()
    {
        var objects = Empty();
        Crds.AddTo(objects, ResourceTypes.FlinkStateSnapshots, ResourceTypes.FlinkBlueGreenDeployments);
        Assert.False(Crds.IsServed(objects, ResourceTypes.FlinkStateSnapshots));
        Assert.True(Crds.IsServed(objects, ResourceTypes.FlinkDeployments));
        Assert.True(Crds.IsServed(objects, ResourceTypes.Pods));
    }

    [Fact]
    public void AddTo_OnceLoaded_TakesMilliseconds()
    {
        Crds.AddTo(Empty());
        var clock = Stopwatch.StartNew();
        Crds.AddTo(Empty());
        Assert.True(clock.ElapsedMilliseconds < 500, $"{clock.ElapsedMilliseconds} ms");
    }

    [RecordedFact(RecordingKind.Schemas)]
    public void EmbeddedDefinitions_AreTheOperatorsOwnFiles()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Schemas!, "*.flink.apache.org-v1.yml"))
        {
            using var stream = new GZipStream(typeof(Crds).Assembly.GetManifestResourceStream($"Definitions/{Path.GetFileNameWithoutExtension(file)}.json.gz")!, CompressionMode.Decompress);
            var yaml = new StringWriter();
            new YamlDotNet.Serialization.SerializerBuilder().JsonCompatible().Build()
                .Serialize(yaml, new YamlDotNet.Serialization.DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(new StreamReader(file))!);
            Assert.Empty(JsonDifference.Of(JsonNode.Parse(yaml.ToString()), JsonNode.Parse(stream)).Take(3));
        }
    }

    [Theory]
    [InlineData("quiet")]
    [InlineData("busy")]
    [InlineData("thousand")]
    public void CustomObjects_OfAWorld_AreValid(string name)
    {
        var world = Worlds.Build(new SandboxOptions { World = name, Speed = 0, Seed = 7 });
        world.Timeline.Advance(TimeSpan.FromSeconds(name == "thousand" ? 5 : 600));
        var wrong =
            from type in ResourceTypes.All.Where(t => t.IsCustom)
            from item in world.Objects.List(type).Items
            let body = item.Read()
            let dropped = SchemaPruning.Prune(body, Crds.SchemaOf(type, world.IsEmr)!)
            let errors = SchemaCheck.New(Crds.SchemaOf(type, world.IsEmr)!, body)
            where dropped.Count > 0 || errors.Count > 0
            select $"{item}: {string.Join(", ", dropped.Concat(errors.Select(e => e.ToString())))}";
        Assert.Empty(wrong.Take(5));
    }

    private static ObjectStore Empty() => new(TimeProvider.System, () => Guid.NewGuid().ToString());
}
