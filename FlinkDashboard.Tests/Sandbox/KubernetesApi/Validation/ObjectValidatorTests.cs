using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Validation;

public class ObjectValidatorTests
{
    [Fact]
    public void Create_WithSeveralErrors_ListsThemAll()
    {
        var error = Refused("""{"mode":"cluster","podTemplate":3,"taskManager":{"replicas":-2}}""");
        Assert.Equal(422, error.Code);
        Assert.StartsWith("FlinkDeployment.flink.apache.org \"orders\" is invalid: [", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            [".spec.taskManager.replicas Invalid value: -2: should be a non-negative integer",
             "spec.mode Unsupported value: \"cluster\": supported values: \"native\", \"standalone\"",
             "spec.podTemplate Invalid value: \"integer\": spec.podTemplate in body must be of type object: \"integer\""],
            Causes(error));
    }

    [Fact]
    public void Create_AWrongTypeInAnEnumeration_BreaksBothRules() => Assert.Equal(
        ["spec.mode Invalid value: \"integer\": spec.mode in body must be of type string: \"integer\"", "spec.mode Unsupported value: 3: supported values: \"native\", \"standalone\""],
        Causes(Refused("""{"mode":3}""")));

    [Fact]
    public void Create_ABooleanWhereAQuantityBelongs_BreaksTheThreeRulesOfIntOrString()
    {
        const string path = "spec.podTemplate.spec.containers[0].resources.limits.cpu";
        var error = Refused("""{"podTemplate":{"spec":{"containers":[{"name":"a","resources":{"limits":{"cpu":true}}}]}}}""");
        Assert.Equal(
            [$"<nil> Invalid value: \"\": \"{path}\" must validate at least one schema (anyOf)",
             $"{path} Invalid value: \"boolean\": {path} in body must be of type integer,string: \"boolean\"",
             $"{path} Invalid value: \"boolean\": {path} in body must be of type integer: \"boolean\""],
            Causes(error));
    }

    [Theory]
    [InlineData("", "metadata.name Required value: name or generateName is required")]
    [InlineData("a_b", "metadata.name Invalid value: \"a_b\": a lowercase RFC 1123 subdomain must consist of")]
    public void Create_ABadName_Is422(string name, string cause) => Assert.StartsWith(cause, Causes(Refused("{}", name)).Single(), StringComparison.Ordinal);

    [Fact]
    public void Create_BadLabels_NamesKeyAndValue()
    {
        var body = Body("{}");
        body["metadata"]!["labels"] = new JsonObject { ["-bad"] = "ok", ["ok"] = "not ok" };
        var causes = Causes(Assert.Throws<ApiError>(() => Create(body)));
        Assert.Equal(2, causes.Count);
        Assert.All(causes, c => Assert.StartsWith("metadata.labels Invalid value: ", c, StringComparison.Ordinal));
    }

    [Fact]
    public void Create_UnknownFields_AreDroppedWithWarnings()
    {
        var body = Body("""{"jobmanager":{},"job":{"jarUri":"x"},"podTemplate":{"spec":{"containers":[{"nam":"a"}]}},"flinkConfiguration":{"any":{"thing":1}}}""");
        body["metadata"]!["lables"] = new JsonObject();
        Assert.Equal(
            ["unknown field \"metadata.lables\"", "unknown field \"spec.job.jarUri\"", "unknown field \"spec.jobmanager\"", "unknown field \"spec.podTemplate.spec.containers[0].nam\""],
            Create(body));
        Assert.Equal("""{"job":{},"podTemplate":{"spec":{"containers":[{}]}},"flinkConfiguration":{"any":{"thing":1}}}""", body["spec"]!.ToJsonString());
        Assert.Empty(Create(Body("""{"x":1}"""), FieldValidation.Ignore));
    }

    [Fact]
    public void Create_StrictWithUnknownAndDuplicateFields_Is400()
    {
        var body = RequestBody.Parse(ResourceTypes.FlinkDeployments,
            """{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"a"},"spec":{"image":"a","image":"b","x":1}}"""u8.ToArray());
        var error = Assert.Throws<ApiError>(() => ObjectValidator.Create(ResourceTypes.FlinkDeployments, "n", body.Object, FieldValidation.Strict, () => "", body.Duplicates));
        Assert.Equal("FlinkDeployment in version \"v1beta1\" cannot be handled as a FlinkDeployment: strict decoding error: duplicate field \"spec.image\", unknown field \"spec.x\"", error.Message);
        Assert.Equal("b", (string?)body.Object["spec"]!["image"]);
    }

    [Fact]
    public void Create_ANullWhereNoneIsAllowed_IsDropped()
    {
        var body = Body("""{"image":null,"flinkConfiguration":{"a":null}}""");
        Create(body);
        Assert.Equal("""{"flinkConfiguration":{"a":null}}""", body["spec"]!.ToJsonString());
    }

    [Theory]
    [InlineData("apps/v1", "FlinkDeployment", 400, "the API version in the data (apps/v1) does not match the expected API version (flink.apache.org/v1beta1)")]
    [InlineData("flink.apache.org/v1beta1", "FlinkSessionJob", 422, "FlinkSessionJob.flink.apache.org \"orders\" is invalid: kind: Invalid value: \"FlinkSessionJob\": must be FlinkDeployment")]
    public void Create_AnotherKind_IsRefused(string version, string kind, int code, string message)
    {
        var body = Body("{}");
        (body["apiVersion"], body["kind"]) = (version, kind);
        var error = Assert.Throws<ApiError>(() => Create(body));
        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [Fact]
    public void Create_InAnotherNamespace_Is400()
    {
        var body = Body("{}");
        body["metadata"]!["namespace"] = "other";
        Assert.Equal("the namespace of the provided object does not match the namespace sent on the request", Assert.Throws<ApiError>(() => Create(body)).Message);
    }

    [Fact]
    public void Create_WithGenerateName_GetsASuffix()
    {
        var body = Body("{}", "");
        body["metadata"]!["generateName"] = "orders-";
        Create(body);
        Assert.Equal("orders-abcde", (string?)body["metadata"]!["name"]);
    }

    private static List<string> Causes(ApiError error) =>
        [.. error.Details!["causes"]!.AsArray().Select(c => $"{(string?)c!["field"]} {(string?)c["message"]}").Order(StringComparer.Ordinal)];

    private static ApiError Refused(string spec, string name = "orders") => Assert.Throws<ApiError>(() => Create(Body(spec, name)));

    private static IReadOnlyList<string> Create(JsonObject body, FieldValidation mode = FieldValidation.Warn) =>
        ObjectValidator.Create(ResourceTypes.FlinkDeployments, "team", body, mode, () => "abcde");

    private static JsonObject Body(string spec, string name = "orders") => new()
    {
        ["apiVersion"] = "flink.apache.org/v1beta1",
        ["kind"] = "FlinkDeployment",
        ["metadata"] = name.Length == 0 ? [] : new JsonObject { ["name"] = name },
        ["spec"] = JsonNode.Parse(spec),
    };
}
