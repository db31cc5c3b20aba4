using System.Reflection;
using FlinkDashboard.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Tests.Architecture;

/// <summary>Sizes, names and routes.</summary>
public class HouseRuleTests
{
    private static readonly string[] Projects = ["FlinkDashboard", "FlinkDashboard.Sandbox", "FlinkDashboard.Tests", "FlinkDashboard.Benchmarks"];

    /// <summary>Files that may be longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    private static readonly string[] UnwantedSuffixes = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Provider", "Base", "Impl"];

    [Fact]
    public void SourceFiles_Have_AtMost300Lines()
    {
        var wrong =
            from project in Projects
            from file in Repository.Files(project, ".cs")
            let lines = File.ReadLines(file).Count()
            where lines > 300 && !LongFiles.ContainsKey(Repository.Relative(file))
            select $"{Repository.Relative(file)}: {lines}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void RazorFiles_Have_AtMost150Lines()
    {
        var wrong =
            from file in Repository.Files("FlinkDashboard", ".razor")
            let lines = File.ReadLines(file).Count()
            where lines > 150 && !LongFiles.ContainsKey(Repository.Relative(file))
            select $"{Repository.Relative(file)}: {lines}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void LongFiles_ThatAreExcused_StillExistAndAreLong()
    {
        var stale = LongFiles.Keys.Where(f => !File.Exists(Path.Combine(Repository.Root, f)) || File.ReadLines(Path.Combine(Repository.Root, f)).Count() <= (f.EndsWith(".razor", StringComparison.Ordinal) ? 150 : 300));
        Assert.Empty(stale);
    }

    [Fact]
    public void Routes_AreUnique()
    {
        var routes = typeof(Program).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>().Select(r => r.Template.ToLowerInvariant())).ToList();
        Assert.NotEmpty(routes);
        Assert.Equal(routes.Count, routes.Distinct().Count());
    }

    [Fact]
    public void Pages_AreNamedPage_AndStandInFeatures()
    {
        var wrong = typeof(Program).Assembly.GetTypes()
            .Where(t => t != typeof(FlinkDashboard.Ui.Frame.NotFoundPage)) // belongs to no feature
            .Where(t => t.GetCustomAttributes<RouteAttribute>().Any() && !(t.Name.EndsWith("Page", StringComparison.Ordinal) && t.Namespace!.StartsWith("FlinkDashboard.Features.", StringComparison.Ordinal)))
            .Select(t => t.FullName);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Types_HaveNo_UnwantedSuffix()
    {
        var wrong =
            from assembly in new[] { typeof(Program).Assembly, typeof(FlinkDashboard.Sandbox.SandboxOptions).Assembly }
            from type in assembly.GetTypes()
            where type.Namespace?.StartsWith("FlinkDashboard", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal)
            where UnwantedSuffixes.Any(s => type.Name.EndsWith(s, StringComparison.Ordinal))
            where type != typeof(FlinkDashboard.Model.Kinds.Service) // a thing from the wire has the kind's own name
            where !type.Name.EndsWith("JobManager", StringComparison.Ordinal) && !type.Name.EndsWith("TaskManager", StringComparison.Ordinal) // what Flink calls its processes
            select type.FullName;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_IsWrittenIntoAPageAsMarkup()
    {
        string[] banned = ["MarkupString", "AddMarkupContent", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setHTML", "createContextualFragment"];
        var wrong =
            from file in Repository.Files("FlinkDashboard", ".cs", ".razor", ".js").Where(f => !Repository.Relative(f).Contains("/wwwroot/lib/", StringComparison.Ordinal)).Concat(Repository.Files("wwwroot/js", ".js"))
            let text = File.ReadAllText(file)
            from word in banned
            where text.Contains(word, StringComparison.Ordinal)
            select $"{Repository.Relative(file)}: {word}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Components_UseNo_ThreadsOrTimers()
    {
        string[] banned = ["Task.Run", "new Timer", "PeriodicTimer", "async void", ".GetAwaiter().GetResult()"];
        var wrong =
            from file in Repository.Files("FlinkDashboard/Features", ".cs", ".razor")
            let text = File.ReadAllText(file)
            from word in banned
            where text.Contains(word, StringComparison.Ordinal)
            select $"{Repository.Relative(file)}: {word}";
        Assert.Empty(wrong);
    }
}
