using System.Text.RegularExpressions;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Tests.Support;
using YamlDotNet.Serialization;

namespace FlinkDashboard.Tests.Architecture;

/// <summary>The documents say what the sources say.</summary>
public partial class DocumentTests
{
    public static TheoryData<string> Kinds => [.. AllKinds.List.Select(k => k.ApiVersion + "/" + k.Plural)];

    [Fact]
    public void SandboxDocument_Names_EveryFolderOfBehaviours()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "FlinkDashboard.Sandbox/Behaviours")).Select(Path.GetFileName).ToList();
        Assert.NotEmpty(folders);
        var document = Read("sandbox.md");
        Assert.All(folders, f => Assert.Contains($"`Behaviours/{f}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void SandboxDocument_Names_EveryWorld()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Worlds.Build(new SandboxOptions { World = "none of them" }));
        var worlds = WorldList().Match(refusal.Message).Groups[1].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("busy", worlds);
        var document = Read("sandbox.md");
        Assert.All(worlds, w => Assert.Contains($"| `{w}` |", document, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ClusterRole_Grants_ReadingOfKind(string name)
    {
        var kind = AllKinds.List.Single(k => k.ApiVersion + "/" + k.Plural == name);
        string[] needed = kind.Watched ? ["list", "watch"] : ["list"];
        var granted = ClusterRoleRules().Where(r => r.ApiGroups.Contains(kind.Group) && r.Resources.Contains(kind.Plural)).SelectMany(r => r.Verbs).ToList();
        Assert.Empty(needed.Except(granted));
    }

    [Theory]
    [InlineData("", "users", "impersonate")]
    [InlineData("", "groups", "impersonate")]
    [InlineData("", "events", "create")]
    [InlineData("", "services/proxy", "get")]
    [InlineData("apps", "controllerrevisions", "create")]
    [InlineData("apps", "controllerrevisions", "patch")]
    [InlineData("apps", "controllerrevisions", "delete")]
    [InlineData("flink.apache.org", "flinkdeployments", "get")]
    public void ClusterRole_Grants_WhatActionsNeed(string group, string resource, string verb) =>
        Assert.Contains(ClusterRoleRules(), r => r.ApiGroups.Contains(group) && r.Resources.Contains(resource) && r.Verbs.Contains(verb));

    [Fact]
    public void ClusterRole_Grants_ReadingOfNothingElse()
    {
        var read = ClusterRoleRules().Where(r => r.Verbs.Contains("list")).SelectMany(r => r.ApiGroups.SelectMany(g => r.Resources.Select(p => (g, p))));
        Assert.Empty(read.Except(AllKinds.List.Select(k => (k.Group, k.Plural))));
    }

    private static List<Rule> ClusterRoleRules()
    {
        var block = YamlBlock().Matches(Read("operations.md")).Select(m => m.Groups[1].Value).Single(b => b.Contains("kind: ClusterRole\n", StringComparison.Ordinal));
        return new DeserializerBuilder().WithNamingConvention(YamlDotNet.Serialization.NamingConventions.CamelCaseNamingConvention.Instance)
            .IgnoreUnmatchedProperties().Build().Deserialize<RoleDocument>(block).Rules;
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, "docs", file)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"Worlds: (.+?)\. ?(\(|$)")]
    private static partial Regex WorldList();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    private sealed class RoleDocument
    {
        public List<Rule> Rules { get; set; } = [];
    }

    private sealed class Rule
    {
        public List<string> ApiGroups { get; set; } = [];

        public List<string> Resources { get; set; } = [];

        public List<string> Verbs { get; set; } = [];
    }
}
