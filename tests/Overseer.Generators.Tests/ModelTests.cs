using System.Reflection;
using Overseer.Generators.Model;

namespace Overseer.Generators.Tests;

public class ModelTests
{
    public static TheoryData<Type> Models =>
        [.. typeof(HandlerModel).Assembly.GetTypes().Where(type => type.Namespace == typeof(HandlerModel).Namespace && !type.IsNested && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_hold_no_Roslyn_type(Type model)
    {
        foreach (var field in model.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            Assert.All(Parts(field.FieldType), part => Assert.DoesNotContain("Microsoft.CodeAnalysis", part.FullName ?? part.Name, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_are_equal_by_value(Type model)
    {
        if (model.IsEnum) return;
        Assert.Contains(model.GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEquatable<>));
        foreach (var field in model.GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
        {
            if (model != typeof(EquatableArray<>))
                Assert.False(field.FieldType.IsArray || field.FieldType.Name.StartsWith("ImmutableArray", StringComparison.Ordinal), $"{model.Name}.{field.Name}");
        }
    }

    [Fact]
    public void Arrays_are_equal_if_their_elements_are()
    {
        EquatableArray<string> one = ["a", "b"];
        EquatableArray<string> same = ["a", "b"];
        Assert.True(one.Equals(same));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.False(one.Equals(["b", "a"]));
        Assert.False(one.Equals(["a"]));
        Assert.True(default(EquatableArray<string>).Equals([]));
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type.IsArray ? type.GetElementType()! : type];
}
